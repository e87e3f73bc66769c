package io.sluice.optimizer.directives;

import io.sluice.contracts.directive.Directive;
import io.sluice.contracts.directive.SignedDirective;
import io.sluice.optimizer.audit.AuditStore;
import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every directive that was ever issued; the newest of each scope is in force. */
@ApplicationScoped
public class DirectiveStore {
    private static final String IN_FORCE = """
            select distinct on (scope) protected_header, payload, signature
            from directive order by scope, generation desc""";
    private static final String FIND = """
            select protected_header, payload, signature from directive where scope = $1 and generation = $2""";
    private static final String INSERT = """
            insert into directive
                (scope, generation, epoch, id, content_hash, protected_header, payload, signature, issued_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";
    private static final String EXPECT = """
            insert into receipt (scope, generation, worker_id, expected)
            select $1, $2, id, true from worker
            where service = any($3) and seen_at > now() - $4 * interval '1 millisecond'""";

    private final Database database;
    private final DirectiveSigner signer;
    private final DirectiveConfig config;

    DirectiveStore(Database database, DirectiveSigner signer, DirectiveConfig config) {
        this.database = database;
        this.signer = signer;
        this.config = config;
    }

    /** The newest directive of each scope. */
    public Uni<List<Issued>> inForce() {
        return database.query(IN_FORCE).map(this::issued);
    }

    /** The same within a transaction. */
    public Uni<List<Issued>> inForce(SqlConnection connection) {
        return connection.preparedQuery(IN_FORCE).execute().map(this::issued);
    }

    /** One that was issued; empty when there is none of this generation. */
    public Uni<Optional<Issued>> find(String scope, long generation) {
        return database.query(FIND, Tuple.of(scope, generation))
                .map(rows -> issued(rows).stream().findFirst());
    }

    /** Writes a directive, and which live receivers of its audience must acknowledge it. */
    public Uni<Issued> insert(SqlConnection connection, Directive directive) {
        Issued issued = signer.sign(directive);
        SignedDirective signed = issued.signed();
        Tuple row = Tuple.tuple()
                .addString(directive.scope())
                .addLong(directive.generation())
                .addLong(directive.epoch())
                .addUUID(UUID.fromString(directive.id()))
                .addString(directive.contentHash())
                .addString(signed.protectedHeader())
                .addString(signed.payload())
                .addString(signed.signature())
                .addOffsetDateTime(OffsetDateTime.ofInstant(directive.issuedAt(), ZoneOffset.UTC));
        Duration live = config.directives().live();
        Tuple audience = Tuple.of(
                directive.scope(),
                directive.generation(),
                directive.audience().toArray(String[]::new),
                live.toMillis());
        return connection
                .preparedQuery(INSERT)
                .execute(row)
                .flatMap(done -> connection.preparedQuery(EXPECT).execute(audience))
                .flatMap(done -> AuditStore.append(
                        connection,
                        directive.actor().id(),
                        "directive.issued",
                        directive.scope() + '/' + directive.generation(),
                        directive.contentHash() + ' ' + directive.reason().text()))
                .replaceWith(issued);
    }

    private List<Issued> issued(RowSet<Row> rows) {
        List<Issued> all = new ArrayList<>();
        for (Row row : rows) {
            all.add(signer.read(new SignedDirective(
                    row.getString("protected_header"), row.getString("payload"), row.getString("signature"))));
        }
        return all;
    }
}

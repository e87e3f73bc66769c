package io.sluice.image.upload;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What is known of each image. */
@ApplicationScoped
public class ImageStore {
    private static final String REMEMBER = """
            insert into image (oid, bytes, format, width, height, alpha, animated)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (oid) do update set collected_at = null, unreferenced_since = null
            where image.collected_at is not null""";
    private static final String FIND = """
            select oid, bytes, format, width, height, alpha, animated from image
            where oid = $1 and collected_at is null""";

    private final Database database;

    ImageStore(Database database) {
        this.database = database;
    }

    /** Remembers an image; yields whether it is new. */
    public Uni<Boolean> remember(StoredImage image) {
        return database.query(
                        REMEMBER,
                        Tuple.tuple(List.of(
                                image.oid(),
                                image.bytes(),
                                image.format(),
                                image.width(),
                                image.height(),
                                image.alpha(),
                                image.animated())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** An image by its oid. */
    public Uni<Optional<StoredImage>> find(String oid) {
        return database.query(FIND, Tuple.of(oid)).map(ImageStore::first);
    }

    private static Optional<StoredImage> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(new StoredImage(
                    row.getString(0),
                    row.getLong(1),
                    row.getString(2),
                    row.getInteger(3),
                    row.getInteger(4),
                    row.getBoolean(5),
                    row.getBoolean(6)));
        }
        return Optional.empty();
    }
}

package io.sluice.image.information;

import io.sluice.platform.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What was found out about images. */
@ApplicationScoped
class InformationStore {
    private static final String FIND = """
            select i.oid, i.bytes, i.format, i.width, i.height, n.frames, i.alpha, n.colour_space, n.colour_profile,
                   n.orientation, n.dominant_colour, n.blurhash, n.thumbhash
            from image_information n join image i on i.oid = n.oid where n.oid = $1""";
    private static final String REMEMBER = """
            insert into image_information
                   (oid, frames, colour_space, colour_profile, orientation, dominant_colour, blurhash, thumbhash)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (oid) do nothing""";

    private final Database database;

    InformationStore(Database database) {
        this.database = database;
    }

    Uni<Optional<ImageInformation>> find(String oid) {
        return database.query(FIND, Tuple.of(oid)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(information(row));
            }
            return Optional.empty();
        });
    }

    /** Remembers what was found out; who was faster is left in place, for both found the same. */
    Uni<Void> remember(ImageInformation found) {
        return database.query(
                        REMEMBER,
                        Tuple.tuple(List.of(
                                found.oid(),
                                found.frames(),
                                found.colourSpace(),
                                found.colourProfile(),
                                found.orientation(),
                                found.dominantColour(),
                                found.blurhash(),
                                found.thumbhash())))
                .replaceWithVoid();
    }

    private static ImageInformation information(Row row) {
        return new ImageInformation(
                row.getString(0),
                row.getLong(1),
                row.getString(2),
                row.getInteger(3),
                row.getInteger(4),
                row.getInteger(5),
                row.getBoolean(6),
                row.getString(7),
                row.getBoolean(8),
                row.getInteger(9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }
}

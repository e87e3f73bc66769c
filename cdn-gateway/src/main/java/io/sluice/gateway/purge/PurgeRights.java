package io.sluice.gateway.purge;

import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Who may purge what. A token that the configuration confines to collections may purge their tags {@code col-{collection}} and
 * what lies below {@code /v/{collection}/}; tags of images and of sources can be on objects of others, and so are not its own.
 */
@Singleton
class PurgeRights {
    private final PurgeConfig config;

    PurgeRights(PurgeConfig config) {
        this.config = config;
    }

    /**
     * @param token name of the caller's token
     * @throws ForeignPurge naming the first value that is not the caller's
     */
    void check(String token, Scope scope) {
        PurgeConfig.Rights rights = config.rights().get(token);
        if (rights == null) {
            return;
        }
        switch (scope.operation()) {
            case EVERYTHING -> throw new ForeignPurge(token, "everything", rights.collections());
            case TAG -> scope.values().forEach(tag -> require(token, tag, ownTag(tag, rights.collections()), rights));
            case URL, PREFIX ->
                scope.values().forEach(path -> require(token, path, ownPath(path, rights.collections()), rights));
        }
    }

    private static void require(String token, String value, boolean own, PurgeConfig.Rights rights) {
        if (!own) {
            throw new ForeignPurge(token, value, rights.collections());
        }
    }

    private static boolean ownTag(String tag, Set<String> collections) {
        return tag.startsWith("col-") && collections.contains(tag.substring("col-".length()));
    }

    private static boolean ownPath(String path, Set<String> collections) {
        return collections.stream().anyMatch(collection -> path.startsWith("/v/" + collection + "/"));
    }
}

package io.sluice.contracts.image;

import java.util.regex.Pattern;

/** What collections, paths, object ids and tags may look like. */
public final class Names {
    /** The reserved collection under which any image is addressed by its oid alone. */
    public static final String BY_OID = "sha256";

    /** Longest path of a source, in characters. */
    public static final int MAX_PATH = 1024;

    private static final Pattern COLLECTION = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern OID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TAG = Pattern.compile("[a-z0-9:_.-]{1,64}");

    private Names() {}

    /** 1-63 of {@code a-z 0-9 _ -}, not starting with a sign. */
    public static boolean isCollection(String name) {
        return COLLECTION.matcher(name).matches();
    }

    /** SHA-256 of the source's bytes in lower-case hex; also its Git LFS oid. */
    public static boolean isOid(String oid) {
        return OID.matcher(oid).matches();
    }

    /** What all four CDNs take as a cache tag: 1-64 of {@code a-z 0-9 : _ . -}. */
    public static boolean isTag(String tag) {
        return TAG.matcher(tag).matches();
    }

    /**
     * A source's path, already percent-decoded: segments joined by {@code /}, none empty, {@code .} or {@code ..}, no
     * backslash, no control character, at most {@value #MAX_PATH} characters.
     */
    public static boolean isPath(String path) {
        if (path.isEmpty() || path.length() > MAX_PATH) {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < 0x20 || c == 0x7f || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int length = end - start;
            if (length == 0
                    || (length == 1 && path.charAt(start) == '.')
                    || (length == 2 && path.charAt(start) == '.' && path.charAt(start + 1) == '.')) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }
}

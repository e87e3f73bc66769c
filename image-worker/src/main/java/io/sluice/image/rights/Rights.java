package io.sluice.image.rights;

/**
 * What a picture's metadata says of its rights; each is empty where it says nothing. Nothing else of the metadata is ever kept.
 *
 * @param copyright EXIF Copyright, {@code dc:rights}, IPTC 2:116
 * @param creator EXIF Artist, {@code dc:creator}, IPTC 2:80
 * @param credit {@code photoshop:Credit}, IPTC 2:110
 * @param usageTerms {@code xmpRights:UsageTerms}
 * @param webStatement {@code xmpRights:WebStatement}, mostly a URL
 */
record Rights(String copyright, String creator, String credit, String usageTerms, String webStatement) {
    static final Rights NONE = new Rights("", "", "", "", "");

    /** Longest text, in characters; what is longer is cut. */
    static final int LONGEST = 1_000;

    Rights {
        copyright = cleaned(copyright);
        creator = cleaned(creator);
        credit = cleaned(credit);
        usageTerms = cleaned(usageTerms);
        webStatement = cleaned(webStatement);
    }

    /** These, and of others what these do not say. */
    Rights or(Rights others) {
        return new Rights(
                first(copyright, others.copyright),
                first(creator, others.creator),
                first(credit, others.credit),
                first(usageTerms, others.usageTerms),
                first(webStatement, others.webStatement));
    }

    boolean none() {
        return equals(NONE);
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** One line of characters that XML and EXIF can carry. */
    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(point -> Character.isISOControl(point) || Character.isWhitespace(point) ? ' ' : point)
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .filter(point -> (point & 0xfffe) != 0xfffe)
                .limit(LONGEST)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}

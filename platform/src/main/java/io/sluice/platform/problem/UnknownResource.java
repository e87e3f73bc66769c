package io.sluice.platform.problem;

/** 404: nothing has this name. */
public final class UnknownResource extends ProblemException {
    private static final long serialVersionUID = 1L;

    /**
     * @param kind what was looked for, for example {@code image}
     * @param name how it was named
     */
    public UnknownResource(String kind, String name) {
        super(404, "not-found", "There is nothing by this name", "There is no " + kind + " '" + name + "'.");
    }
}

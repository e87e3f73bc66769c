package io.sluice.image.isolation;

import io.sluice.platform.problem.ProblemException;

/** Whatever problem an encode met in a child, word for word: the same answer as without isolation. */
final class ChildProblem extends ProblemException {
    private static final long serialVersionUID = 1L;

    ChildProblem(Reply.Problem problem) {
        super(problem.status(), problem.slug(), problem.title(), problem.detail());
    }
}

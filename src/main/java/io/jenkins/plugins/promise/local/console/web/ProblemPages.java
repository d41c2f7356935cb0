package io.jenkins.plugins.promise.local.console.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.local.http.ProblemAnswers;

/** A browser is shown a problem as a page, with a way on; whoever may know nothing is asked who they are. */
public final class ProblemPages {
    private static final int UNAUTHORIZED = 401;

    private final Pages pages;
    private final Login login;

    /** Problems, and a log in for those who need one. */
    public ProblemPages(Pages pages, Login login) {
        this.pages = pages;
        this.login = login;
    }

    /** Shows the problems of all routes so from now on. */
    public void on(Javalin server) {
        server.after(context -> {
            Problem problem = context.attribute(ProblemAnswers.PROBLEM);
            if (problem != null && Pages.wanted(context)) {
                show(context, problem);
            }
        });
    }

    private void show(Context context, Problem problem) {
        if (problem.status() == UNAUTHORIZED) {
            login.ask(context);
            return;
        }
        try {
            pages.answer(context, problem.status(), "problem", problem.title(), "", problem);
        } catch (Refused e) {
            pages.answer(context, problem.status(), "problem", pages.bare(context, problem.title()), problem);
        }
    }
}

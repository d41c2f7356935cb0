package io.jenkins.plugins.promise.local.console.web;

/**
 * What stands around every page.
 *
 * @param title the page's, for its heading and the browser's tab
 * @param place which of the console's places it is in: {@code promises}, {@code attention}, {@code jobs}, {@code health};
 *     empty for none
 * @param visitor whether whoever looks at it has been let in; without that there is no way to the other pages
 * @param operator whether that is the operator
 * @param open whether the controller asks for no token, so that nobody can log out
 * @param formToken what its forms hold, so that nobody else can have made them
 */
public record Frame(String title, String place, boolean visitor, boolean operator, boolean open, String formToken) {
    /** The value of {@code aria-current} of the link to a place; null where the page is elsewhere. */
    public String current(String where) {
        return place.equals(where) ? "page" : null;
    }
}

package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface StaplerRequest2 extends jakarta.servlet.http.HttpServletRequest {
    void bindJSON(Object bean, net.sf.json.JSONObject src);

    <T> T findAncestorObject(Class<T> type);

    String getRestOfPath();
}

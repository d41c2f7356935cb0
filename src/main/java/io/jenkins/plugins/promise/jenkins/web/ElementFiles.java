package io.jenkins.plugins.promise.jenkins.web;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URL;
import java.util.Set;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** The files of the elements that pages are shown with, here and in the console; they say nothing about this controller. */
final class ElementFiles {
    private static final String FOLDER = "/io/jenkins/plugins/promise/acceptance/view/elements/";
    private static final Set<String> NAMES = Set.of(
            "chart.js", "confirm.js", "elements.css", "elements.js", "log.js", "time.js", "timeline.js", "watch.js");

    /** The file of that name; a browser asks each time whether it is still the same. */
    HttpResponse answer(StaplerRequest2 request, String name) throws IOException {
        if (!NAMES.contains(name)) {
            return HttpResponses.notFound();
        }
        URL file = Resources.getResource(ElementFiles.class, FOLDER + name);
        byte[] content = Resources.toByteArray(file);
        String tag = "\"" + Hashing.sha256().hashBytes(content) + "\"";
        String type = name.endsWith(".css") ? "text/css;charset=UTF-8" : "text/javascript;charset=UTF-8";
        boolean known = tag.equals(request.getHeader("If-None-Match"));
        return Answer.of(known ? 304 : 200, type, known ? new byte[0] : content)
                .with("ETag", tag)
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff");
    }
}

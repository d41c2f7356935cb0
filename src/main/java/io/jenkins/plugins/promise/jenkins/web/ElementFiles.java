package io.jenkins.plugins.promise.jenkins.web;

import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.acceptance.view.Elements;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** The files of the elements that pages are shown with, here and in the console; they say nothing about this controller. */
final class ElementFiles {
    /** The file of that name; a browser asks each time whether it is still the same. */
    HttpResponse answer(StaplerRequest2 request, String name) throws IOException {
        if (!Elements.names().contains(name)) {
            return HttpResponses.notFound();
        }
        byte[] content = Elements.content(name);
        String tag = "\"" + Hashing.sha256().hashBytes(content) + "\"";
        String type = name.endsWith(".css") ? "text/css;charset=UTF-8" : "text/javascript;charset=UTF-8";
        boolean known = tag.equals(request.getHeader("If-None-Match"));
        return Answer.of(known ? 304 : 200, type, known ? new byte[0] : content)
                .with("ETag", tag)
                .with("Cache-Control", "no-cache")
                .with("X-Content-Type-Options", "nosniff");
    }
}

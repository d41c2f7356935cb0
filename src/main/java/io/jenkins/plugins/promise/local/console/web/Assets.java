package io.jenkins.plugins.promise.local.console.web;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.view.Elements;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that pages are shown with. Those of the elements are shown on Jenkins' pages too. */
public final class Assets {
    private static final String OWN = "/io/jenkins/plugins/promise/local/console/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final int NOT_MODIFIED = 304;

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    /** All there are. */
    public Assets() throws IOException {
        for (String name : Elements.names()) {
            assets.put(name, new Asset(name.endsWith(".css") ? STYLE : SCRIPT, Elements.content(name)));
        }
        add("console.css", STYLE);
        add("icon.svg", "image/svg+xml");
    }

    private void add(String name, String type) throws IOException {
        assets.put(name, new Asset(type, Resources.toByteArray(Resources.getResource(Assets.class, OWN + name))));
    }

    /** Answers for them, whoever asks: they say nothing about this controller. */
    public void routes(Javalin server) {
        assets.forEach((name, asset) -> server.get("/console/assets/" + name, context -> answer(context, asset)));
    }

    private static void answer(Context context, Asset asset) {
        context.header("ETag", asset.tag);
        context.header("Cache-Control", "no-cache");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Content-Security-Policy", "default-src 'none'");
        if (asset.tag.equals(context.header("If-None-Match"))) {
            context.status(NOT_MODIFIED);
            return;
        }
        context.contentType(asset.type);
        context.result(asset.content);
    }

    private static final class Asset {
        private final String type;
        private final byte[] content;
        private final String tag;

        private Asset(String type, byte[] content) {
            this.type = type;
            this.content = content;
            this.tag = "\"" + Hashing.sha256().hashBytes(content) + "\"";
        }
    }
}

package io.jenkins.plugins.promise.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.HashCode;
import com.google.common.io.BaseEncoding;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.files.FileStore;
import io.jenkins.plugins.promise.local.files.KeptFiles;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.PromiseAccess;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** What workers have produced, over HTTP. */
final class FilesApi {
    private final FileStore files;
    private final PromiseAccess access;

    FilesApi(FileStore files, PromiseAccess access) {
        this.files = files;
        this.access = access;
    }

    void routes(Javalin server) {
        server.get("/promises/{id}/files", this::list);
        server.get("/promises/{id}/files/<name>", this::file);
    }

    private KeptFiles kept(Promise promise) throws Refused, IOException {
        if (!promise.state().settled()) {
            throw new Refused(Refused.Why.UNKNOWN, "the promise is not settled yet; it is " + promise.state());
        }
        return files.find(promise.id())
                .orElseThrow(() -> new Refused(
                        Refused.Why.UNKNOWN,
                        "no files are kept here of this promise: it produced none, their time is over, or they lie on"
                                + " the controller that ran it"));
    }

    private void list(Context context) throws Refused, IOException {
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode array = body.putArray("files");
        for (ProducedFile file : kept(access.admitted(context)).files()) {
            array.addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        JsonAnswer.send(context, 200, body);
    }

    /** It is whatever a worker wrote: nothing that a browser may show, or run, in the name of this controller. */
    private void file(Context context) throws Refused, IOException {
        Promise promise = access.admitted(context);
        KeptFiles kept = kept(promise);
        String name = context.pathParam("name");
        ProducedFile file = kept.file(name)
                .orElseThrow(() -> new Refused(Refused.Why.UNKNOWN, "it did not produce the file " + name));
        try {
            context.result(files.open(promise.id(), kept, file));
        } catch (NoSuchFileException e) {
            throw new Refused(Refused.Why.UNKNOWN, "the file " + name + " is gone");
        }
        context.contentType("application/octet-stream");
        context.header("Content-Disposition", "attachment");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Repr-Digest", "sha-256=:" + digest(file) + ":");
    }

    private static String digest(ProducedFile file) {
        return BaseEncoding.base64().encode(HashCode.fromString(file.sha256()).asBytes());
    }
}

package io.jenkins.plugins.promise.contract.json;

/** Bytes that are no JSON, or none that is taken. The message says where and why, and tells nothing of the content. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1;

    MalformedJson(String message) {
        super(message);
    }
}

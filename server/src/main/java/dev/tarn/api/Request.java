package dev.tarn.api;

import dev.tarn.access.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What the filter knows about a request, kept on it.
 *
 * @param id the id that the answer and every log line carry
 * @param caller who asks; anonymous on open paths
 */
record Request(String id, PathOwner owner, Caller caller) {
    private static final String ATTRIBUTE = Request.class.getName();

    static Request of(HttpServletRequest request) {
        return (Request) request.getAttribute(ATTRIBUTE);
    }

    void keepOn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    Request signedInAs(Caller somebody) {
        return new Request(id, owner, somebody);
    }

    Caller.Origin origin() {
        return caller.origin();
    }
}

package org.springframework.security.access;

/** What promise jobs use of this class of spring-security-core-6.3.4; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class AccessDeniedException extends RuntimeException {
    public AccessDeniedException(String msg) {
        throw new UnsupportedOperationException();
    }
}

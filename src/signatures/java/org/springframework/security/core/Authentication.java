package org.springframework.security.core;

/** What promise jobs use of this class of spring-security-core-6.3.4; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface Authentication extends java.security.Principal, java.io.Serializable {}

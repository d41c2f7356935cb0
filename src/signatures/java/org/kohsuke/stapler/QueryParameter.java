package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Target({java.lang.annotation.ElementType.PARAMETER})
@java.lang.annotation.Documented
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface QueryParameter {
    String value() default "";

    boolean required() default false;

    boolean fixEmpty() default false;
}

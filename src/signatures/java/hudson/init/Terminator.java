package hudson.init;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@java.lang.annotation.Documented
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Target({java.lang.annotation.ElementType.METHOD})
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface Terminator {
    hudson.init.TermMilestone before() default hudson.init.TermMilestone.COMPLETED;

    hudson.init.TermMilestone after() default hudson.init.TermMilestone.STARTED;

    String displayName() default "";

    String[] requires() default {};

    String[] attains() default {};
}

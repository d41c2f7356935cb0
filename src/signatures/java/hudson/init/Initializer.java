package hudson.init;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@java.lang.annotation.Documented
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Target({java.lang.annotation.ElementType.METHOD})
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface Initializer {
    hudson.init.InitMilestone before() default hudson.init.InitMilestone.COMPLETED;

    hudson.init.InitMilestone after() default hudson.init.InitMilestone.STARTED;

    String displayName() default "";

    String[] requires() default {};

    boolean fatal() default true;

    String[] attains() default {};
}

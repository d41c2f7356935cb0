package hudson;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@net.java.sezpoz.Indexable
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Target({
    java.lang.annotation.ElementType.TYPE,
    java.lang.annotation.ElementType.FIELD,
    java.lang.annotation.ElementType.METHOD
})
@java.lang.annotation.Documented
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface Extension {
    double ordinal() default 0;

    boolean optional() default false;

    jenkins.YesNoMaybe dynamicLoadable() default jenkins.YesNoMaybe.MAYBE;
}

package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import java.util.List;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * A closure in a script. Groovy gives every object a {@code sleep} that blocks its thread, and would find that before
 * the step of the script around the closure.
 */
public class BodyClosure extends CpsClosure {
    private static final long serialVersionUID = 1;

    /** Called by the code that groovy-cps generates. */
    public BodyClosure(Object owner, Object thisObject, List<String> parameters, Block body, Env capture) {
        super(owner, thisObject, parameters, body, capture);
    }

    /** The step of that name. */
    public Object sleep(long seconds) {
        return InvokerHelper.invokeMethod(getOwner(), "sleep", seconds);
    }
}

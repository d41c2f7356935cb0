package io.jenkins.plugins.promise.environment.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * A piece of work in an environment, as far as it has come. It is kept in the ledger before anything of what it says is to be
 * done is done, so that whoever finds it there can go on.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Integrating.class, name = "INTEGRATING"),
    @JsonSubTypes.Type(value = Releasing.class, name = "RELEASING"),
    @JsonSubTypes.Type(value = Work.Ended.class, name = "ENDED")
})
public sealed interface Work permits Integrating, Releasing, Work.Ended {
    /** What is to be done now, all at the same time; empty if it has ended. */
    List<Act> acts();

    /** How it goes on after that. */
    Work after(List<ActResult> results);

    /** It is over. */
    record Ended(Outcome outcome) implements Work {
        @Override
        public List<Act> acts() {
            return List.of();
        }

        @Override
        public Work after(List<ActResult> results) {
            return this;
        }
    }
}

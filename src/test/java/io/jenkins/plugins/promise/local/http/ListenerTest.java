package io.jenkins.plugins.promise.local.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

public class ListenerTest {
    @Test
    public void aPortThatAnotherProgramHasIsToldWithTheWayOut() throws Exception {
        try (Listener first = Listener.bind("127.0.0.1", 0)) {
            assertThatThrownBy(() -> Listener.bind("127.0.0.1", first.port()))
                    .hasMessage("cannot listen on 127.0.0.1:" + first.port() + ": Address already in use; if another"
                            + " program has it, take another with --port, 0 for any that is free");
        }
    }
}

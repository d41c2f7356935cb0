package io.jenkins.plugins.promise.acceptance.view;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How a list of promises is asked for over HTTP: {@code ?state=&job=&q=&after=&limit=&called=}, the same on both hosts. */
public final class ListRequest {
    private static final String DEFAULT_LIMIT = "200";

    private final UnaryOperator<String> parameter;

    /**
     * A request.
     *
     * @param parameter the value of a query parameter; null where it is not given
     */
    public ListRequest(UnaryOperator<String> parameter) {
        this.parameter = parameter;
    }

    /**
     * What is asked for.
     *
     * @throws Refused naming the parameter that is wrong
     */
    public PromiseQuery query() throws Refused {
        return new PromiseQuery(
                which(), called(), parameter.apply("job"), given("q", ""), parameter.apply("after"), limit());
    }

    private PromiseQuery.Which which() throws Refused {
        String state = given("state", PromiseQuery.Which.OPEN.word());
        return PromiseQuery.Which.of(state)
                .orElseThrow(() -> new Refused(
                        Refused.Why.INVALID,
                        "state must be one of "
                                + Arrays.stream(PromiseQuery.Which.values())
                                        .map(PromiseQuery.Which::word)
                                        .collect(Collectors.joining(", "))
                                + ", not '" + state + "'"));
    }

    private boolean called() throws Refused {
        String called = given("called", "false");
        if (called.equals("true") || called.equals("false")) {
            return called.equals("true");
        }
        throw new Refused(Refused.Why.INVALID, "called must be true or false, not '" + called + "'");
    }

    private int limit() throws Refused {
        String limit = given("limit", DEFAULT_LIMIT);
        if (limit.matches("[0-9]{1,4}")
                && Integer.parseInt(limit) >= 1
                && Integer.parseInt(limit) <= PromiseQuery.MOST) {
            return Integer.parseInt(limit);
        }
        throw new Refused(
                Refused.Why.INVALID, "limit must be a number from 1 to " + PromiseQuery.MOST + ", not '" + limit + "'");
    }

    private String given(String name, String otherwise) {
        return Optional.ofNullable(parameter.apply(name)).orElse(otherwise);
    }
}

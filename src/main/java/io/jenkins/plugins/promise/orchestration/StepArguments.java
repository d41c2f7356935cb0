package io.jenkins.plugins.promise.orchestration;

import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The named arguments of a step; complains about one that is unknown or of the wrong kind. */
public final class StepArguments {
    private final String step;
    private final Map<?, ?> arguments;

    /**
     * The arguments given to a step.
     *
     * @throws StepException if one is not among the known
     */
    public StepArguments(String step, Map<?, ?> arguments, List<String> known) {
        this.step = step;
        this.arguments = arguments;
        for (Object name : arguments.keySet()) {
            if (!known.contains(name.toString())) {
                throw new StepException(step + " has no argument '" + name + "'" + Nearest.hint(name.toString(), known)
                        + "; known are " + String.join(", ", known));
            }
        }
    }

    /** The text of an argument; null if it is not given. */
    public String text(String name) {
        Object value = arguments.get(name);
        return value == null ? null : value.toString();
    }

    /**
     * The text of an argument.
     *
     * @throws StepException if it is not given
     */
    public String required(String name) {
        String text = text(name);
        if (text == null) {
            throw new StepException(step + " needs " + name + ": a text");
        }
        return text;
    }

    /**
     * A switch.
     *
     * @throws StepException if it is neither true nor false
     */
    public boolean flag(String name, boolean otherwise) {
        Object value = arguments.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new StepException(step + ": " + name + " must be true or false, not " + value);
    }

    int number(String name, int otherwise, int most) {
        Object value = arguments.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number
                && number.intValue() == number.doubleValue()
                && number.intValue() >= 0
                && number.intValue() <= most) {
            return number.intValue();
        }
        throw new StepException(step + ": " + name + " must be a whole number from 0 to " + most + ", not " + value);
    }

    /**
     * A map; empty if it is not given.
     *
     * @throws StepException if it is something else
     */
    public Map<?, ?> map(String name) {
        Object value = arguments.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new StepException(step + ": " + name + " must be a map, as in [NAME: value], not " + value);
    }

    /** {@code time} in {@code unit}, as Jenkins' own steps have it; a text such as {@code 90s} is taken too. */
    public Duration duration(String otherwiseUnit) {
        Object time = arguments.get("time");
        if (time instanceof Number number && number.doubleValue() >= 0) {
            String unit = text("unit");
            return duration(number, unit == null ? otherwiseUnit : unit);
        }
        if (time != null) {
            return JobFileReader.duration(time.toString())
                    .orElseThrow(() -> new StepException(step + ": time must be a number or a text such as '90s'"));
        }
        throw new StepException(step + " needs time: a number of " + otherwiseUnit.toLowerCase(Locale.ROOT));
    }

    private Duration duration(Number time, String unit) {
        double millis =
                switch (unit.toUpperCase(Locale.ROOT)) {
                    case "NANOSECONDS" -> 1e-6;
                    case "MICROSECONDS" -> 1e-3;
                    case "MILLISECONDS" -> 1;
                    case "SECONDS" -> 1e3;
                    case "MINUTES" -> 60e3;
                    case "HOURS" -> 3_600e3;
                    case "DAYS" -> 86_400e3;
                    default -> throw new StepException(
                            step + ": unit must be SECONDS, MINUTES, HOURS or DAYS, not " + unit);
                };
        return Duration.ofMillis((long) Math.min(time.doubleValue() * millis, Long.MAX_VALUE / 2.0));
    }
}

package io.jenkins.plugins.promise.callback.address;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.net.InternetDomainName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of names, with few threads. A look-up cannot be stopped, and a name server that says nothing keeps
 * its thread for as long as the platform's resolver has patience. So a name is looked up once at a time, the names of one
 * domain have a bounded share of the threads, domains take turns, and those that have not answered lately leave some
 * threads to those that have.
 */
public final class NameResolver implements AutoCloseable {
    /** How a name becomes addresses, in whatever time that takes. */
    @FunctionalInterface
    public interface LookUp {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** How many names are looked up at the same time. */
    public static final int THREADS = 16;

    private static final int PER_DOMAIN = 4;
    private static final int KEPT_FREE = 4;
    private static final int DOMAINS_KNOWN = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private final LookUp lookUp;
    private final Duration limit;
    private final ThreadPoolExecutor threads;
    private final Map<String, Domain> domains = new HashMap<>();
    private final Map<String, Question> questions = new HashMap<>();
    private final Deque<Domain> known = new ArrayDeque<>();
    private final Deque<Domain> doubtful = new ArrayDeque<>();
    private final Cache<String, Boolean> answered = CacheBuilder.newBuilder()
            .maximumSize(DOMAINS_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .build();
    private int running;
    private int runningDoubtful;

    /**
     * A resolver.
     *
     * @param limit after which an answer is no longer waited for
     */
    public NameResolver(LookUp lookUp, Duration limit) {
        this.lookUp = lookUp;
        this.limit = limit;
        threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "promise-courier-resolver");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The addresses of a name, at least one.
     *
     * @return fails with an {@link UnknownHostException}, or with a {@link TimeoutException} if there is no answer in time
     */
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        Question question;
        synchronized (this) {
            question = questions.computeIfAbsent(host, this::ask);
            question.waiting++;
            start();
        }
        return question.answer
                .copy()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((addresses, problem) -> left(question, problem instanceof TimeoutException));
    }

    private Question ask(String host) {
        Domain domain = domains.computeIfAbsent(domain(host), Domain::new);
        Question question = new Question(host, domain);
        domain.waiting.put(host, question);
        takeTurn(domain);
        return question;
    }

    /** The part of a name that somebody registered, whose name servers answer for all names below it. */
    private static String domain(String host) {
        if (InternetDomainName.isValid(host)) {
            InternetDomainName name = InternetDomainName.from(host);
            if (name.isUnderPublicSuffix()) {
                return name.topPrivateDomain().toString();
            }
        }
        int last = host.lastIndexOf('.');
        return host.substring(host.lastIndexOf('.', last - 1) + 1);
    }

    private void takeTurn(Domain domain) {
        if (!domain.inTurn && !domain.waiting.isEmpty() && domain.running < PER_DOMAIN) {
            domain.inTurn = true;
            (answered.getIfPresent(domain.name) == null ? doubtful : known).add(domain);
        }
    }

    private void start() {
        while (running < THREADS) {
            boolean doubt = known.isEmpty();
            if (doubt && (doubtful.isEmpty() || runningDoubtful >= THREADS - KEPT_FREE)) {
                return;
            }
            Domain domain = (doubt ? doubtful : known).remove();
            domain.inTurn = false;
            var first = domain.waiting.values().iterator();
            if (first.hasNext()) {
                Question question = first.next();
                first.remove();
                question.started = true;
                question.doubtful = doubt;
                begin(question);
            }
            takeTurn(domain);
            forget(domain);
        }
    }

    private void begin(Question question) {
        count(question, 1);
        try {
            threads.execute(() -> look(question));
        } catch (RuntimeException | Error e) {
            // Closed, or the machine has no thread left.
            count(question, -1);
            questions.remove(question.host, question);
            question.answer.completeExceptionally(e);
        }
    }

    private void count(Question question, int change) {
        running += change;
        runningDoubtful += question.doubtful ? change : 0;
        question.domain.running += change;
    }

    private void look(Question question) {
        List<InetAddress> addresses = null;
        Throwable problem = null;
        try {
            addresses = List.of(lookUp.addresses(question.host));
        } catch (UnknownHostException | RuntimeException | Error e) {
            problem = e;
        }
        synchronized (this) {
            count(question, -1);
            questions.remove(question.host, question);
            if (!question.overdue) {
                answered.put(question.domain.name, true);
            }
            takeTurn(question.domain);
            forget(question.domain);
            start();
        }
        if (problem == null) {
            question.answer.complete(addresses);
        } else {
            question.answer.completeExceptionally(problem);
        }
    }

    /** Somebody no longer waits for an answer. A question that nobody waits for is not asked. */
    private synchronized void left(Question question, boolean late) {
        question.waiting--;
        if (late && question.started) {
            question.overdue = true;
            answered.invalidate(question.domain.name);
        } else if (question.waiting == 0
                && !question.started
                && question.domain.waiting.remove(question.host, question)) {
            questions.remove(question.host, question);
            forget(question.domain);
        }
    }

    private void forget(Domain domain) {
        if (domain.running == 0 && domain.waiting.isEmpty() && !domain.inTurn) {
            domains.remove(domain.name, domain);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class Domain {
        private final String name;
        private final Map<String, Question> waiting = new LinkedHashMap<>();
        private int running;
        private boolean inTurn;

        private Domain(String name) {
            this.name = name;
        }
    }

    private static final class Question {
        private final String host;
        private final Domain domain;
        private final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        private int waiting;
        private boolean started;
        private boolean doubtful;
        private boolean overdue;

        private Question(String host, Domain domain) {
            this.host = host;
            this.domain = domain;
        }
    }
}

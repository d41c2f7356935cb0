package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Stands between a ledger and its connections, counts what is asked of them, and fails where a test says. */
public final class FaultyDatabase implements UnaryOperator<DataSource> {
    private final List<String> done = new ArrayList<>();
    private Fault fault;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private int failed;
    private boolean commitsOnly;

    /** What goes wrong. */
    public enum Fault {
        /** The disk is full: the statement or the commit has done nothing. */
        FULL,
        /** A commit is done, and the connection is lost before that is told; a statement has done nothing. */
        LOST
    }

    /** A ledger in that folder whose connections are seen through this. */
    public Ledger open(LedgerLocation location, ControllerIdentity self, Clock clock) throws IOException {
        return Ledger.open(location, self, clock, this);
    }

    /** Fails at so many operations, the first of which is that one from now on, counted from 1. */
    public synchronized void failAt(Fault what, int number, int times) {
        fault = what;
        failed = 0;
        done.clear();
        first = number;
        last = (long) number + times - 1;
    }

    /** Each commit fails, and nothing else: what is there can be read, and nothing can be written. */
    public synchronized void failEachCommit(Fault what) {
        failAt(what, 1, Integer.MAX_VALUE);
        commitsOnly = true;
    }

    /** Fails no more. */
    public synchronized void heal() {
        commitsOnly = false;
        first = Long.MAX_VALUE;
        last = Long.MIN_VALUE;
    }

    /** How many operations there were since {@link #failAt}. */
    public synchronized int count() {
        return done.size();
    }

    /** How many of them failed. */
    public synchronized int failed() {
        return failed;
    }

    /** The operation of that number, counted from 1. */
    public synchronized String operation(int number) {
        return number <= done.size() ? done.get(number - 1) : "none";
    }

    private synchronized boolean fails(String operation) {
        done.add(operation);
        boolean fails = done.size() >= first && done.size() <= last && (!commitsOnly || operation.equals("commit"));
        if (fails) {
            failed++;
        }
        return fails;
    }

    private synchronized Fault fault() {
        return fault;
    }

    @Override
    public DataSource apply(DataSource source) {
        return proxy(DataSource.class, source, (method, arguments) -> {
            Object result = call(source, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, real, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                boolean fails = fails("commit");
                if (fails && fault() == Fault.FULL) {
                    throw full();
                }
                Object result = call(real, method, arguments);
                if (fails) {
                    throw lost();
                }
                return result;
            }
            Object result = call(real, method, arguments);
            if (result instanceof PreparedStatement statement) {
                return statement(PreparedStatement.class, statement, String.valueOf(arguments[0]));
            }
            return result instanceof Statement statement ? statement(Statement.class, statement, "?") : result;
        });
    }

    private <T extends Statement> T statement(Class<T> type, T real, String sql) {
        return proxy(type, real, (method, arguments) -> {
            if (method.getName().startsWith("execute") && fails(sql)) {
                throw fault() == Fault.FULL ? full() : lost();
            }
            return call(real, method, arguments);
        });
    }

    private static SQLException full() {
        return new SQLException("[SQLITE_FULL] Insertion failed because database is full");
    }

    private static SQLException lost() {
        return new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }

    private static Object call(Object real, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, T real, Calls calls) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return call(real, method, arguments);
            }
            return calls.call(method, arguments);
        };
        return type.cast(Proxy.newProxyInstance(FaultyDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @FunctionalInterface
    private interface Calls {
        Object call(Method method, Object[] arguments) throws Throwable;
    }
}

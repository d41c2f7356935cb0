package io.jenkins.plugins.promise.ledger.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/** Keeps the statements of one connection prepared: SQLite plans an insertion into a dozen indexes for longer than it does it. */
public final class CachedStatements implements StatementBuilder {
    private static final int MOST = 64;

    private final Connection connection;
    private final StatementBuilder builder;
    private final Map<String, PreparedStatement> kept = new HashMap<>();
    private final Map<String, PreparedStatement> free = new LinkedHashMap<>();

    /** Statements of a connection that is not used yet. */
    CachedStatements(Connection connection) {
        this.connection = connection;
        builder = DefaultStatementBuilder.FACTORY.createStatementBuilder(connection);
    }

    /** A statement that stays prepared; closed with the connection. */
    public PreparedStatement kept(String sql) throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return builder.create(connection, context);
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = free.remove(sql);
        return kept == null ? builder.create(connection, sql, context) : kept;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return builder.createCall(connection, sql, context);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (!(statement instanceof PreparedStatement prepared) || statement.isClosed()) {
            builder.close(connection, sql, statement);
            return;
        }
        prepared.clearParameters();
        PreparedStatement twin = free.put(sql, prepared);
        if (twin != null) {
            twin.close();
        }
        if (free.size() > MOST) {
            Iterator<PreparedStatement> oldest = free.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
    }

    @Override
    public void close(Connection connection) {
        free.clear();
        kept.clear();
        builder.close(connection);
    }
}

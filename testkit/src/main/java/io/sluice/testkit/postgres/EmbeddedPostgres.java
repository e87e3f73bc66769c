package io.sluice.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL 18 server on loopback. PostgreSQL refuses to run as root; then it runs in a user namespace of its own, or,
 * where those are not allowed, as nobody. Used by tests with a data folder of the moment, by the launcher with one that stays.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final Duration START = Duration.ofSeconds(60);

    private final Options options;
    private final Path home;
    private final List<String> prefix;
    private @Nullable Process server;

    /**
     * @param data data folder; made when it does not exist
     * @param port on loopback
     * @param password of the superuser, used when the data folder is made
     * @param cache where the programs are unpacked
     * @param settings over the defaults, for example {@code fsync=off}
     */
    public record Options(Path data, int port, String password, Path cache, Map<String, String> settings) {}

    /** PostgreSQL could not be started; the message says why and what to do. */
    public static final class StartFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private EmbeddedPostgres(Options options, Path home, List<String> prefix) {
        this.options = options;
        this.home = home;
        this.prefix = prefix;
    }

    /** Where programs are unpacked when nothing else is said. */
    public static Path defaultCache() {
        String set = System.getenv("SLUICE_CACHE");
        return set == null ? Path.of(System.getProperty("user.home"), ".cache", "sluice") : Path.of(set);
    }

    /** Starts a server and waits until it answers. */
    public static EmbeddedPostgres start(Options options) {
        try {
            Path cache = options.cache();
            List<String> prefix = prefix();
            if (!prefix.isEmpty() && prefix.getFirst().equals("setpriv")) {
                cache = Path.of("/var/tmp/sluice-cache"); // nobody cannot read root's home
            }
            Path home = PostgresBinaries.in(cache);
            EmbeddedPostgres postgres = new EmbeddedPostgres(options, home, prefix);
            if (!Files.exists(options.data().resolve("PG_VERSION"))) {
                postgres.initialise();
            }
            postgres.launch();
            return postgres;
        } catch (IOException e) {
            throw new StartFailed("PostgreSQL cannot be set up in " + options.data() + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return options.port();
    }

    /** Process id of the postmaster, as the operating system knows it. */
    public long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(options.data().resolve("postmaster.pid")).getFirst());
        } catch (IOException | NumberFormatException e) {
            throw new IllegalStateException("the server is not running", e);
        }
    }

    /** A connection of the superuser to {@code database}. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + options.port() + "/" + database + "?connectTimeout=3",
                SUPERUSER,
                options.password());
    }

    /** Makes a database when it does not exist. */
    public void database(String name) {
        sql("postgres", statement -> {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + name);
        });
    }

    /** Makes a role that owns a schema of its own and may do nothing else; sets the password each time. */
    public void schema(String database, String schema, String password) {
        sql(database, statement -> {
            statement.execute("do $$ begin if not exists (select 1 from pg_roles where rolname = '" + schema
                    + "') then create role " + schema + " login; end if; end $$");
            statement.execute("alter role " + schema + " password '" + password.replace("'", "''") + "'");
            statement.execute("create schema if not exists " + schema + " authorization " + schema);
            statement.execute("alter role " + schema + " in database " + database + " set search_path = " + schema);
            statement.execute("revoke create on schema public from public");
        });
    }

    /** Stops the server in order; the data stays. */
    public void stop() {
        Process running = server;
        if (running == null) {
            return;
        }
        signal(running, "INT"); // fast shutdown
        try {
            if (!running.waitFor(15, TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server = null;
    }

    /** Starts a stopped server again, on the same port with the same data. */
    public void restart() {
        try {
            launch();
        } catch (IOException e) {
            throw new StartFailed("PostgreSQL cannot be started again: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void initialise() throws IOException {
        Path data = options.data();
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path passwordFile = Files.createTempFile("sluice", ".pw");
        try {
            Files.writeString(passwordFile, options.password());
            if (dropsPrivileges()) {
                run(List.of("chown", "65534:65534", data.toString(), passwordFile.toString()), "chown");
            }
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    home.resolve("bin/initdb").toString(),
                    "--no-sync",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--username=" + SUPERUSER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--pgdata=" + data));
            run(command, "initdb");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private void launch() throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "200",
                "shared_buffers", "48MB",
                "dynamic_shared_memory_type", "mmap",
                "log_min_messages", "warning",
                "logging_collector", "off"));
        settings.put("port", Integer.toString(options.port()));
        settings.putAll(options.settings());
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin/postgres").toString());
        command.add("-D");
        command.add(options.data().toString());
        settings.forEach((name, value) -> {
            command.add("-c");
            command.add(name + '=' + value);
        });
        Path log = options.data().resolveSibling(options.data().getFileName() + ".log");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        server = started;
        awaitReady(started, log);
    }

    private void awaitReady(Process started, Path log) {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(2)) {
                    return;
                }
            } catch (SQLException e) {
                if (!started.isAlive()) {
                    throw new StartFailed("PostgreSQL did not start: " + lastLine(log), e);
                }
                if ("28P01".equals(e.getSQLState())) {
                    stop();
                    throw new StartFailed("the data folder " + options.data() + " has another superuser password", e);
                }
            }
            if (System.nanoTime() > deadline) {
                stop();
                throw new StartFailed("PostgreSQL did not answer within 60 s: " + lastLine(log), null);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean dropsPrivileges() {
        return !prefix.isEmpty() && prefix.getFirst().equals("setpriv");
    }

    private static List<String> prefix() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        if (works("unshare", "--user", "true")) {
            return List.of("unshare", "--user");
        }
        if (works("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true")) {
            return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        }
        throw new StartFailed(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here: "
                        + "run Sluice as another user",
                null);
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void run(List<String> command, String name) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(name + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted", e);
        }
    }

    private static void signal(Process process, String name) {
        try {
            run(List.of("kill", "-" + name, Long.toString(process.pid())), "kill");
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.reversed().stream()
                    .filter(line -> line.contains("PANIC:") || line.contains("FATAL:"))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "its log is empty" : lines.getLast());
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }

    private void sql(String database, Work work) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            work.with(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }
}

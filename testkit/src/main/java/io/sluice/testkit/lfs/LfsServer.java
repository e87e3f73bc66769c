package io.sluice.testkit.lfs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Git LFS server for downloads, strict about what the batch API asks of a client: method, path, both media types, credentials,
 * operation, and the size of an object. Objects are given out at an address of their own, to who sends the header that the action
 * named. git-lfs itself can use it, which is tested.
 *
 * @see <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md">Git LFS batch API</a>
 */
public final class LfsServer implements AutoCloseable {
    public static final String USER = "lfs-user";
    public static final String PASSWORD = "not-a-secret";

    private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";
    private static final String KEY = "Bearer for-one-object";
    private static final Pattern OBJECT =
            Pattern.compile("\\{[^{}]*\"oid\"\\s*:\\s*\"([0-9a-f]{64})\"[^{}]*\"size\"\\s*:\\s*(\\d+)[^{}]*}");
    private static final Pattern DOWNLOAD = Pattern.compile("\"operation\"\\s*:\\s*\"download\"");

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, byte[]> rotten = new ConcurrentHashMap<>();
    private final AtomicInteger downloads = new AtomicInteger();

    private LfsServer(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a free port of the loopback interface. */
    public static LfsServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            LfsServer lfs = new LfsServer(http);
            http.createContext("/repo.git/info/lfs/objects/batch", lfs::batch);
            http.createContext("/objects/", lfs::object);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return lfs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client configures as {@code lfs.url}, without credentials. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/repo.git/info/lfs");
    }

    /** Adds an object; yields its oid. */
    public String add(byte[] bytes) {
        String oid = sha256(bytes);
        objects.put(oid, bytes.clone());
        return oid;
    }

    /** Gives out other bytes under an oid than its own. */
    public void rot(String oid, byte[] bytes) {
        rotten.put(oid, bytes.clone());
    }

    /** Objects given out so far. */
    public int downloads() {
        return downloads.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void batch(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = header(exchange, "Content-Type");
        if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "only POST");
        } else if (!header(exchange, "Accept").startsWith(MEDIA_TYPE)) {
            refuse(exchange, 406, "Accept must be " + MEDIA_TYPE);
        } else if (!type.split(";")[0].equals(MEDIA_TYPE)) {
            refuse(exchange, 415, "Content-Type must be " + MEDIA_TYPE);
        } else if (!header(exchange, "Authorization").equals(basic())) {
            exchange.getResponseHeaders().set("LFS-Authenticate", "Basic realm=\"LFS\"");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"LFS\"");
            refuse(exchange, 401, "Credentials needed");
        } else if (!DOWNLOAD.matcher(body).find() || !OBJECT.matcher(body).find()) {
            refuse(exchange, 422, "operation must be download, objects must have oid and size");
        } else {
            answer(exchange, 200, MEDIA_TYPE, answers(body).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String answers(String body) {
        StringBuilder answers = new StringBuilder("{\"transfer\":\"basic\",\"hash_algo\":\"sha256\",\"objects\":[");
        Matcher asked = OBJECT.matcher(body);
        for (String comma = ""; asked.find(); comma = ",") {
            answers.append(comma).append(answer(asked.group(1), Long.parseLong(asked.group(2))));
        }
        return answers.append("]}").toString();
    }

    private String answer(String oid, long size) {
        byte[] bytes = objects.get(oid);
        String start = "{\"oid\":\"" + oid + "\",\"size\":" + size + ",";
        if (bytes == null) {
            return start + "\"error\":{\"code\":404,\"message\":\"Object does not exist\"}}";
        }
        if (bytes.length != size) {
            return start + "\"error\":{\"code\":422,\"message\":\"Object is not " + size + " bytes\"}}";
        }
        return start + "\"authenticated\":true,\"actions\":{\"download\":{\"href\":\"http://127.0.0.1:"
                + server.getAddress().getPort() + "/objects/" + oid + "\",\"header\":{\"Authorization\":\"" + KEY
                + "\"},\"expires_in\":300}}}";
    }

    private void object(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String oid = path.substring(path.lastIndexOf('/') + 1);
        byte[] bytes = rotten.getOrDefault(oid, objects.get(oid));
        if (!header(exchange, "Authorization").equals(KEY)) {
            refuse(exchange, 403, "the action's header is missing");
        } else if (bytes == null) {
            refuse(exchange, 404, "no such object");
        } else {
            downloads.incrementAndGet();
            answer(exchange, 200, "application/octet-stream", bytes);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        String body = "{\"message\":\"" + message + "\",\"request_id\":\"1\"}";
        answer(exchange, status, MEDIA_TYPE, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String basic() {
        String pair = USER + ':' + PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}

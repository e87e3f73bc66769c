package io.sluice.testkit.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * GitHub's {@code GET /organizations/{org}/settings/billing/usage?year&month&day} as far as Sluice uses it, answering from a
 * recorded month of three repositories that repeats each month and grows with the clock. It checks what GitHub checks
 * (token, {@code Accept}, {@code X-GitHub-Api-Version}, {@code User-Agent}, dates), counts the rate limit, and falls into
 * the same trap: without {@code day} it answers one row per month. Source: GitHub REST API, OpenAPI of version 2022-11-28,
 * and payloads published by users of the enhanced billing platform. Safe for use by many threads.
 */
public final class RecordedGitHub implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final Options options;
    private final Bill bill;
    private final Faults faults = new Faults();
    private final RateLimit rateLimit;
    private final AtomicLong calls = new AtomicLong();

    /**
     * How to run.
     *
     * @param address where to listen; port 0 takes a free one
     * @param clock decides which day is today, and how many of its hours are billed
     * @param organisation the one account there is
     * @param token answers 200; each other one 401
     * @param tokensWithoutPermission tokens that are known but may not read billing: 403
     * @param callsPerHour the rate limit; GitHub's own is 5,000
     */
    public record Options(
            InetSocketAddress address,
            InstantSource clock,
            String organisation,
            String token,
            Set<String> tokensWithoutPermission,
            int callsPerHour) {
        public Options {
            tokensWithoutPermission = Set.copyOf(tokensWithoutPermission);
        }
    }

    private RecordedGitHub(HttpServer server, ExecutorService threads, Options options) {
        this.server = server;
        this.threads = threads;
        this.options = options;
        this.bill = new Bill(options.organisation(), Recording.read());
        this.rateLimit = new RateLimit(options.clock(), options.callsPerHour());
    }

    /** Starts to listen. */
    public static RecordedGitHub start(Options options) {
        try {
            HttpServer server = HttpServer.create(options.address(), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            RecordedGitHub github = new RecordedGitHub(server, threads, options);
            server.setExecutor(threads);
            server.createContext("/", github::handle);
            server.start();
            return github;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base address without a trailing slash. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort());
    }

    /** Calls to the usage report so far, refused ones included. */
    public long calls() {
        return calls.get();
    }

    /** Adds usage to a day, in the unit of the SKU; a negative quantity is a restatement downward. */
    public void addUsage(String repository, LfsSku sku, LocalDate day, BigDecimal quantity) {
        bill.add(new Bill.Added(repository, sku, day, quantity));
    }

    /** Repeats one row of a day, field for field. */
    public void duplicateRow(String repository, LfsSku sku, LocalDate day) {
        bill.duplicate(repository, sku, day);
    }

    /** Fails the next calls with a status; 429 says {@code retry-after}. */
    public void failNext(int calls, int status) {
        failNext(calls, status, status == 429 ? Map.of("retry-after", "60") : Map.of());
    }

    /** Fails the next calls with a status and headers of the caller's choice. */
    public void failNext(int calls, int status, Map<String, String> headers) {
        faults.next(calls, new Faults.Fault.Status(status, Map.copyOf(headers)));
    }

    /** Answers the next calls with rows of the month although a day is asked for. */
    public void answerNextByMonth(int calls) {
        faults.next(calls, new Faults.Fault.MonthRows());
    }

    /** Answers the next calls 200 with this body. */
    public void answerNextWith(int calls, String body) {
        faults.next(calls, new Faults.Fault.Body(body));
    }

    /** Cuts the next answers off in the middle. */
    public void truncateNext(int calls) {
        faults.next(calls, new Faults.Fault.Truncated());
    }

    /** Says nothing to the next calls for so long. */
    public void delayNext(int calls, Duration delay) {
        faults.next(calls, new Faults.Fault.Silence(delay.toMillis()));
    }

    /** Back to the recording, without faults. */
    public void reset() {
        bill.reset();
        faults.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply;
            try {
                reply = reply(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            reply.send(exchange);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/_recording/")) {
            return record(exchange, path);
        }
        String[] parts = path.split("/");
        boolean usage =
                parts.length == 6 && path.endsWith("/settings/billing/usage") && parts[1].equals("organizations");
        if (!usage
                || !parts[2].toLowerCase(Locale.ROOT)
                        .equals(options.organisation().toLowerCase(Locale.ROOT))) {
            return Reply.error(404, "Not Found");
        }
        calls.incrementAndGet();
        Reply refused = new Admission(options).refuse(exchange);
        if (refused != null) {
            return refused;
        }
        return rateLimit.count().orElseGet(() -> answer(exchange)).with(rateLimit.headers());
    }

    private Reply answer(HttpExchange exchange) {
        Faults.Fault fault = faults.take();
        return switch (fault) {
            case Faults.Fault.Status(int status, Map<String, String> headers) ->
                Reply.error(status, Reply.messageOf(status)).with(headers);
            case Faults.Fault.Body(String body) -> Reply.ok(body);
            case Faults.Fault.Truncated() -> usage(exchange, false).truncated();
            case Faults.Fault.Silence(long millis) -> usage(exchange, false).after(millis);
            case Faults.Fault.MonthRows() -> usage(exchange, true);
            case null -> usage(exchange, false);
        };
    }

    private Reply usage(HttpExchange exchange, boolean byMonth) {
        try {
            Period period = Period.of(exchange.getRequestURI().getRawQuery(), options.clock());
            List<UsageItem> items = switch (period) {
                case Period.Day(LocalDate day)
                when !byMonth -> bill.day(day, options.clock().instant());
                case Period.Day(LocalDate day) ->
                    bill.month(java.time.YearMonth.from(day), options.clock().instant());
                case Period.Months(List<java.time.YearMonth> months) ->
                    months.stream()
                            .flatMap(month -> bill.month(month, options.clock().instant()).stream())
                            .toList();
            };
            return Reply.usage(items);
        } catch (DateTimeException | NumberFormatException e) {
            return Reply.error(400, "Bad Request: " + e.getMessage());
        }
    }

    private Reply record(HttpExchange exchange, String path) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.error(405, "Use POST");
        }
        try {
            switch (path) {
                case "/_recording/usage" -> record(Reply.JSON.readTree(exchange.getRequestBody()));
                case "/_recording/reset" -> reset();
                default -> {
                    return Reply.error(404, "Not Found");
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Reply.error(
                    400, "repository, sku (STORAGE or BANDWIDTH), day and quantity are needed: " + e.getMessage());
        }
        return new Reply(204, Map.of(), "");
    }

    private void record(JsonNode usage) {
        addUsage(
                usage.path("repository").asText(),
                LfsSku.valueOf(usage.path("sku").asText()),
                LocalDate.parse(usage.path("day").asText()),
                new BigDecimal(usage.path("quantity").asText()));
    }
}

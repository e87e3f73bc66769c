package io.sluice.gateway.replays;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.gateway.catalogue.Catalogue;
import io.sluice.gateway.catalogue.SourceFacts;
import io.sluice.gateway.cdns.EdgePath;
import io.sluice.gateway.geo.Countries;
import io.sluice.gateway.geo.Geo;
import io.sluice.gateway.geo.Ip;
import io.sluice.gateway.recording.Recorded;
import io.sluice.gateway.selection.Hash64;
import io.sluice.platform.problem.InvalidRequest;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is to be replayed: a log, or the sample of decisions. */
@Singleton
class ReplayLog {
    /** Most entries of a log. */
    static final int MOST = 100_000;

    private static final String IMG = "/img/";
    private static final double MAX_BYTES = 1e9;

    private final Catalogue catalogue;
    private final Geo geo;
    private final ObjectMapper json;

    ReplayLog(Catalogue catalogue, Geo geo, ObjectMapper json) {
        this.catalogue = catalogue;
        this.geo = geo;
        this.json = json;
    }

    /** Reads JSON lines: the request, then the log. */
    ReplayRequest lines(InputStream body) throws IOException {
        List<ReplayRequest.LogEntry> log = new ArrayList<>();
        ReplayRequest request = null;
        int number = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && log.size() <= MOST; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    if (request == null) {
                        request = read(line, ReplayRequest.class, number);
                    } else {
                        log.add(read(line, ReplayRequest.LogEntry.class, number));
                    }
                }
            }
        }
        if (request == null || request.log() != null) {
            throw new InvalidRequest("line 1", "must be the request without log, such as {\"policies\":{..}}");
        }
        return new ReplayRequest(
                request.policies(),
                request.contracts(),
                log,
                request.bytesEach(),
                request.pops(),
                request.objectsPerPop());
    }

    /** The requests of a log, oldest first. */
    List<Request> of(List<ReplayRequest.LogEntry> log, double bytesEach) {
        if (log.isEmpty() || log.size() > MOST) {
            throw new InvalidRequest("log", "must have 1-" + MOST + " entries");
        }
        Map<String, Integer> objects = new HashMap<>();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            requests.add(request("log[" + i + "].", i, log.get(i), bytesEach, objects));
        }
        requests.sort(Comparator.comparingLong(Request::epochMillis));
        return requests;
    }

    /** The requests of the sample. */
    static List<Request> of(List<Recorded> recorded, double bytesEach, Map<String, Integer> objects) {
        return recorded.stream()
                .map(one -> new Request(
                        one.epochMillis(),
                        number(objects, EdgePath.withoutQuery(one.address())),
                        one.hash(),
                        one.country(),
                        one.client(),
                        bytesEach))
                .toList();
    }

    private Request request(
            String at, int position, ReplayRequest.LogEntry entry, double bytesEach, Map<String, Integer> objects) {
        Instant time = entry.time();
        String path = entry.path();
        if (time == null) {
            throw new InvalidRequest(at + "time", "is required, such as 2026-11-21T12:00:00Z");
        }
        if (path == null || (!path.startsWith("/v/") && !path.startsWith(IMG))) {
            throw new InvalidRequest(at + "path", "must begin with /v/ or /img/");
        }
        try {
            EdgePath.plain(EdgePath.withoutQuery(path));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(at + "path", String.valueOf(e.getMessage()));
        }
        Double bytes = entry.bytes();
        if (bytes != null && !(bytes >= 0 && bytes <= MAX_BYTES)) {
            throw new InvalidRequest(at + "bytes", "must be 0-1000000000");
        }
        Ip ip = ip(at, entry);
        int country = ip == null ? country(at, entry) : geo.table().country(ip);
        // Without an address each entry is a client of its own.
        long client = ip == null ? Hash64.mix(position + 1L) : ip.high() ^ ip.low();
        return new Request(
                time.toEpochMilli(),
                number(objects, EdgePath.withoutQuery(path)),
                hash(EdgePath.withoutQuery(path)),
                country,
                client,
                bytes == null ? bytesEach : bytes);
    }

    private long hash(String path) {
        if (path.startsWith(IMG)) {
            SourceFacts facts = catalogue.get(path.substring(IMG.length()));
            if (facts != null) {
                return facts.hash();
            }
        }
        return Hash64.of(EdgePath.key(path));
    }

    private static @Nullable Ip ip(String at, ReplayRequest.LogEntry entry) {
        String text = entry.ip();
        if ((text == null) == (entry.country() == null)) {
            throw new InvalidRequest(at + "ip", "either ip or country is required");
        }
        Ip ip = text == null ? null : Ip.parse(text);
        if (text != null && ip == null) {
            throw new InvalidRequest(at + "ip", "must be an IPv4 or IPv6 address");
        }
        return ip;
    }

    private static int country(String at, ReplayRequest.LogEntry entry) {
        try {
            return Countries.number(String.valueOf(entry.country()));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(at + "country", "must be two letters such as DE");
        }
    }

    private <T> T read(String line, Class<T> type, int number) {
        try {
            return json.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new InvalidRequest("line " + number, "cannot be read: " + e.getOriginalMessage());
        }
    }

    private static int number(Map<String, Integer> objects, String path) {
        return objects.computeIfAbsent(path, ignored -> objects.size());
    }
}

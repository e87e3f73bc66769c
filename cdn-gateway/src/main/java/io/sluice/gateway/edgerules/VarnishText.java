package io.sluice.gateway.edgerules;

import java.util.stream.Collectors;

/**
 * The rules as VCL 4.1. Purges come as {@code PURGE} of one address and {@code BAN} by path or tag, with the secret of the
 * environment variable {@code SLUICE_PURGE_SECRET}; bans look at headers of the object alone, so that the lurker can work them off.
 */
final class VarnishText {
    private VarnishText() {}

    /**
     * @param host of the origin
     * @param port of the origin
     */
    static String of(EdgeRules rules, String host, int port) {
        return """
                vcl 4.1;
                # Sluice edge rules, version %d.
                import std;

                backend origin { .host = "%s"; .port = "%d"; }

                sub vcl_recv {
                  if (req.method == "PURGE" || req.method == "BAN") {
                    if (!req.http.Sluice-Purge || req.http.Sluice-Purge != std.getenv("SLUICE_PURGE_SECRET")) {
                      return (synth(403, "Forbidden"));
                    }
                    if (req.method == "PURGE") {
                      return (purge);
                    }
                    if (req.http.Sluice-Ban-Tag) {
                      ban("obj.http.Cache-Tag ~ " + req.http.Sluice-Ban-Tag);
                    } elsif (req.http.Sluice-Ban-Path) {
                      ban("obj.http.Sluice-Path ~ " + req.http.Sluice-Ban-Path);
                    } else {
                      return (synth(400, "Sluice-Ban-Path or Sluice-Ban-Tag is missing"));
                    }
                    return (synth(200, "Banned"));
                  }
                  unset req.http.Sluice-Purge;
                  # While the origin is well, stale copies are for revalidation alone; give the backend a probe to tell it from an error.
                  if (std.healthy(req.backend_hint)) {
                %s  }
                }

                sub vcl_hash {
                  # The path is the whole key: the query carries the signature, which the origin checks on a miss.
                  hash_data(regsub(req.url, "\\?.*$", ""));
                  return (lookup);
                }

                sub vcl_backend_response {
                  set beresp.http.Sluice-Path = regsub(bereq.url, "\\?.*$", "");
                  if (!beresp.http.Cache-Control && beresp.status == 200) {
                %s  }
                }

                sub vcl_deliver {
                  unset resp.http.Sluice-Path;
                  if (obj.hits > 0) {
                    set resp.http.Cache-Status = "sluice; hit";
                  } else {
                    set resp.http.Cache-Status = "sluice; fwd=miss";
                  }
                }
                """.formatted(rules.version(), host, port, graces(rules), branches(rules));
    }

    private static String graces(EdgeRules rules) {
        return rules.rules().stream()
                .map(rule -> """
                        if (regsub(req.url, "\\?.*$", "") ~ "%s") {
                              set req.grace = %ds;
                            }""".formatted(
                                rule.pathPattern(), rule.staleWhileRevalidate().toSeconds()))
                .collect(Collectors.joining(" else", "    ", "\n"));
    }

    private static String branches(EdgeRules rules) {
        return rules.rules().stream()
                .map(rule -> """
                        if (beresp.http.Sluice-Path ~ "%s") {
                              set beresp.ttl = %ds;
                              set beresp.grace = %ds;
                              set beresp.http.Cache-Control = "%s";
                              set beresp.http.CDN-Cache-Control = "%s";
                            }""".formatted(
                                rule.pathPattern(),
                                rule.edge().toSeconds(),
                                Math.max(
                                        rule.staleWhileRevalidate().toSeconds(),
                                        rule.staleIfError().toSeconds()),
                                rule.cacheControl(),
                                rule.cdnCacheControl()))
                .collect(Collectors.joining(" else", "    ", "\n"));
    }
}

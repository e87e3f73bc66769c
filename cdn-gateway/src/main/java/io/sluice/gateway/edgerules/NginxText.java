package io.sluice.gateway.edgerules;

import java.util.stream.Collectors;

/**
 * The rules as nginx reads them, to be included below {@code http}: a cache in front of the origin that keeps objects as the rules
 * say where the origin says nothing, revalidates in the background, and takes part in purges. Debian's nginx has no purge; a
 * {@code GET} with the secret fetches anew, whatever comes is kept for one second in place of the old object, an error included,
 * and the next request finds it expired.
 */
final class NginxText {
    private NginxText() {}

    /** @param origin host and port, or host alone */
    static String of(EdgeRules rules, String origin) {
        return """
                # Sluice edge rules, version %d. Include it below http; set the addresses of proxy_cache_path and listen.
                # The secret of purges is in sluice-purge.conf beside nginx.conf, one line: "the-secret" 1;
                map $http_sluice_purge $sluice_purge { default 0; include sluice-purge*.conf; }
                map $uri $sluice_rule {
                  default "";
                %s}
                map "$sluice_rule:$upstream_http_cache_control" $sluice_cache_control {
                  default $upstream_http_cache_control;
                %s}
                map "$sluice_rule:$upstream_http_cdn_cache_control" $sluice_cdn_cache_control {
                  default $upstream_http_cdn_cache_control;
                %s}
                map $upstream_cache_status $sluice_cache_status {
                  HIT "sluice; hit"; STALE "sluice; hit; detail=stale"; UPDATING "sluice; hit; detail=updating";
                  REVALIDATED "sluice; hit; detail=revalidated"; EXPIRED "sluice; fwd=stale"; MISS "sluice; fwd=uri-miss";
                  default "sluice; fwd=bypass";
                }
                proxy_cache_path sluice-cache levels=1:2 keys_zone=sluice:16m max_size=10g inactive=30d use_temp_path=off;
                upstream sluice_origin { server %s; keepalive 16; }
                server {
                  listen 8088;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  proxy_cache sluice;
                  # The path is the whole key: the query carries the signature, which the origin checks on a miss.
                  proxy_cache_key $uri;
                  proxy_cache_lock on;
                  proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
                  proxy_cache_background_update on;
                  proxy_hide_header Cache-Control;
                  proxy_hide_header CDN-Cache-Control;
                  add_header Cache-Control $sluice_cache_control always;
                  add_header CDN-Cache-Control $sluice_cdn_cache_control always;
                  add_header Cache-Status $sluice_cache_status always;
                  if ($sluice_purge) { rewrite ^ /_purge$uri last; }
                %s  location ^~ /_purge/ {
                    internal;
                    rewrite ^/_purge(/.*)$ $1 break;
                    proxy_cache_bypass 1;
                    proxy_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;
                    proxy_cache_valid any 1s;
                    proxy_pass http://sluice_origin;
                  }
                  location / { proxy_pass http://sluice_origin; }
                }
                """.formatted(rules.version(), names(rules), browsers(rules), edges(rules), origin, locations(rules));
    }

    private static String names(EdgeRules rules) {
        return rules.rules().stream()
                .map(rule -> "  \"~" + rule.pathPattern() + "\" " + rule.name() + ";\n")
                .collect(Collectors.joining());
    }

    private static String browsers(EdgeRules rules) {
        return rules.rules().stream()
                .map(rule -> "  \"" + rule.name() + ":\" \"" + rule.cacheControl() + "\";\n")
                .collect(Collectors.joining());
    }

    private static String edges(EdgeRules rules) {
        return rules.rules().stream()
                .map(rule -> "  \"" + rule.name() + ":\" \"" + rule.cdnCacheControl() + "\";\n")
                .collect(Collectors.joining());
    }

    /** nginx takes the first regular expression that matches, as the rules do. */
    private static String locations(EdgeRules rules) {
        return rules.rules().stream()
                .map(rule -> "  location ~ \"" + rule.pathPattern() + "\" {\n    proxy_cache_valid 200 "
                        + rule.edge().toSeconds() + "s;\n    proxy_pass http://sluice_origin;\n  }\n")
                .collect(Collectors.joining());
    }
}

package io.sluice.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sluice.gateway.Surroundings.Given;
import io.sluice.gateway.Surroundings.Surrounding;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.postgres.PostgresResource;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as PowerDNS asks for them, by hand and by a real one; 203.0.113.0/24 is in DE, 198.51.100.0/24 in US. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(Surroundings.class)
class DnsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LOOKUP = "/dns/lookup/img%2ecdn%2etest%2e/ANY";
    private static final String REAL_REMOTE = "X-RemoteBackend-real-remote";

    @Given
    @SuppressWarnings("NullAway.Init")
    Surrounding surrounding;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void edge_a_leads_but_not_in_germany() {
        surrounding.edgeA().be(FakeEdge.Mode.GOOD);
        surrounding.edgeB().be(FakeEdge.Mode.GOOD);
        await().atMost(SOON)
                .untilAsserted(() -> operator()
                        .body("{\"weights\":{\"edge-a\":90,\"edge-b\":10}}")
                        .put("/api/v1/markets/default")
                        .then()
                        .statusCode(200));
        operator()
                .body("{\"countries\":[\"DE\"],\"deny\":[\"edge-a\"]}")
                .put("/api/v1/markets/dach")
                .then()
                .statusCode(200);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(content("203.0.113.0/24")).isEqualTo("img.b-cdn.test.");
            assertThat(content("198.51.100.0/24")).isEqualTo("img.a-cdn.test.");
        });
    }

    @AfterEach
    void clean() {
        operator().delete("/api/v1/markets/dach");
        operator().delete("/api/v1/markets/default");
        operator().post("/api/v1/cdns/edge-a/enable");
        operator().post("/api/v1/cdns/edge-b/enable");
    }

    @Test
    void a_name_leads_to_the_cdn_of_the_clients_market_with_the_widest_true_scope() {
        JsonPath german = lookUp("203.0.113.0/24");
        assertThat(german.getMap("result[0]"))
                .containsEntry("qtype", "CNAME")
                .containsEntry("qname", "img.cdn.test.")
                .containsEntry("content", "img.b-cdn.test.")
                .containsEntry("ttl", 30)
                .containsEntry("domain_id", 1)
                .containsEntry("scopeMask", 24)
                .containsEntry("auth", 1);
        assertThat(lookUp("198.51.100.0/24").getInt("result[0].scopeMask")).isEqualTo(5);
        assertThat(lookUp("203.0.113.9/32").getInt("result[0].scopeMask")).isEqualTo(24);
        assertThat(lookUp("2001:db8::/56").getString("result[0].content")).isEqualTo("img.a-cdn.test.");
    }

    @Test
    void the_scope_is_0_when_all_markets_get_the_same() {
        operator().delete("/api/v1/markets/dach").then().statusCode(204);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(lookUp("203.0.113.0/24").getInt("result[0].scopeMask")).isZero();
            assertThat(content("203.0.113.0/24")).isEqualTo("img.a-cdn.test.");
        });
    }

    @Test
    void a_question_as_json_is_answered_alike() {
        HttpResponse<String> answer = client().post("/dns", """
                {"method":"lookup","parameters":{"local":"127.0.0.1","qname":"IMG.cdn.test.","qtype":"ANY",
                 "real-remote":"203.0.113.0/24","remote":"127.0.0.1","zone-id":-1}}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JsonPath.from(answer.body()).getString("result[0].content")).isEqualTo("img.b-cdn.test.");
    }

    @Test
    void zones_have_an_soa_and_name_servers() {
        JsonPath apex = json("/dns/lookup/cdn%2etest%2e/ANY");
        assertThat(apex.getList("result.qtype")).containsExactly("SOA", "NS", "NS");
        assertThat(apex.getString("result[0].content"))
                .isEqualTo("ns1.example.test. hostmaster.cdn.test. 1 7200 3600 1209600 30");
        JsonPath all = json("/dns/getAllDomains?includeDisabled=true");
        assertThat(all.getString("result[0].zone")).isEqualTo("cdn.test.");
        assertThat(all.getString("result[0].kind")).isEqualTo("native");
        assertThat(json("/dns/getAllDomainMetadata/cdn%2etest%2e").getMap("result"))
                .isEmpty();
        assertThat(json("/dns/getDomainMetadata/cdn%2etest%2e/PRESIGNED").getList("result"))
                .isEmpty();
        assertThat(json("/dns/getDomainInfo/cdn%2etest%2e").getInt("result.id")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dns/lookup/nothing%2ecdn%2etest%2e/ANY",
                "/dns/lookup/%2a%2ecdn%2etest%2e/ANY",
                "/dns/lookup/elsewhere%2etest%2e/SOA",
                "/dns/lookup/img%2ecdn%2etest%2e/NS",
                "/dns/lookup/cdn%2etest%2e/TXT",
                "/dns/getDomainInfo/elsewhere%2etest%2e",
                "/dns/list/1/cdn%2etest%2e",
                "/dns/anything"
            })
    void what_there_is_not_is_answered_false(String path) {
        assertThat(client().get(path).body()).isEqualTo("{\"result\":false}");
    }

    @Test
    void without_a_cdn_there_is_no_answer_that_could_be_cached() {
        operator().body("{\"reason\":\"test\"}").post("/api/v1/cdns/edge-b/drain");
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> answer = client().get(LOOKUP, REAL_REMOTE, "203.0.113.0/24");
            assertThat(answer.statusCode()).isEqualTo(503);
        });
    }

    @Test
    void what_cannot_be_read_is_refused() {
        assertThat(client().get("/dns").statusCode()).isEqualTo(400);
        assertThat(client().post("/dns", "{").statusCode()).isEqualTo(400);
        assertThat(client().post("/dns", "[]").statusCode()).isEqualTo(400);
        assertThat(client().post("/dns", " ".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(client().send("DELETE", "/dns/lookup/a/ANY").statusCode()).isEqualTo(405);
        for (String remote : new String[] {"", "x", "1.2.3.4", "1.2.3.4/33", "1.2.3.4/-1", "::1/129", "1.2.3.4/+8"}) {
            assertThat(content(remote)).as(remote).isEqualTo("img.a-cdn.test.");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_real_powerdns_answers_by_it(boolean json) throws Exception {
        try (PowerDns dns = PowerDns.start(folder, surrounding.port(), json)) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(dns.dig("cdn.test", "SOA")).contains("ns1.example.test."));
            assertThat(dns.dig("img.cdn.test", "A", "+subnet=203.0.113.9/24"))
                    .contains("img.b-cdn.test.")
                    .contains("CLIENT-SUBNET: 203.0.113.0/24/24");
            assertThat(dns.dig("img.cdn.test", "A", "+subnet=198.51.100.7/24"))
                    .contains("img.a-cdn.test.")
                    .contains("CLIENT-SUBNET: 198.51.100.0/24/5");
            assertThat(dns.dig("img.cdn.test", "AAAA", "+subnet=2001:db8::/56", "+tcp"))
                    .contains("img.a-cdn.test.");
            assertThat(dns.dig("cdn.test", "NS")).contains("ns2.example.test.");
            assertThat(dns.dig("nothing.cdn.test", "A")).contains("status: NXDOMAIN");
            assertThat(dns.dig("elsewhere.test", "A")).contains("status: REFUSED");
            operator().body("{\"reason\":\"test\"}").post("/api/v1/cdns/edge-b/drain");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(dns.dig("media.cdn.test", "A", "+subnet=203.0.113.9/24"))
                            .contains("status: SERVFAIL"));
        }
    }

    @Test
    void answers_are_counted() {
        lookUp("203.0.113.0/24");
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("sluice_gateway_dns_answers_total{outcome=\"KNOWN\"");
    }

    private String content(String network) {
        return lookUp(network).getString("result[0].content");
    }

    private JsonPath lookUp(String network) {
        return JsonPath.from(client().get(LOOKUP, REAL_REMOTE, network).body());
    }

    private JsonPath json(String path) {
        return JsonPath.from(client().get(path).body());
    }

    private Client client() {
        return new Client(surrounding.port());
    }

    private static RequestSpecification operator() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestTokens.OPERATOR);
    }
}

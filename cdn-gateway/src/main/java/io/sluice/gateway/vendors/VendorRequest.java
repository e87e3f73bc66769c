package io.sluice.gateway.vendors;

import java.net.URI;
import java.util.Map;

/**
 * A request to a vendor. Its text form shows no header, for they carry secrets.
 *
 * @param method in capitals
 * @param address absolute
 * @param headers all but those that the client sets itself
 * @param body empty for none
 */
public record VendorRequest(String method, URI address, Map<String, String> headers, String body) {
    public VendorRequest {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + address + (body.isEmpty() ? "" : " " + body);
    }
}

package io.sluice.contracts.directive;

/**
 * A directive as it travels: a JSON Web Signature in flattened JSON serialisation (RFC 7515 section 7.2.2) with Ed25519 (RFC
 * 8037). The payload is the exact bytes that were signed; a receiver parses them only after {@link DirectiveSignatures#open}.
 *
 * @param protectedHeader base64url of {@code {"alg":"EdDSA","kid":".."}}
 * @param payload base64url of the directive's JSON bytes
 * @param signature base64url of the Ed25519 signature over {@code protectedHeader.payload}
 */
public record SignedDirective(String protectedHeader, String payload, String signature) {}

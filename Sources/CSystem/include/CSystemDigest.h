#ifndef CSYSTEM_DIGEST_H
#define CSYSTEM_DIGEST_H
#include <stddef.h>
#include <stdint.h>

/// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) of the platform's own
/// library: CommonCrypto on macOS, libcrypto elsewhere, loaded at the first use.

/// NULL when the library is there, else what is missing and how to get it.
const char *csystem_digest_load(void);

/// 0 on success. `digest` takes 32 bytes.
int csystem_sha256(const uint8_t *data, size_t size, uint8_t *digest);
int csystem_hmac_sha256(
    const uint8_t *key, size_t key_size, const uint8_t *data, size_t size, uint8_t *digest);

/// Fills from the system's random source; 0 on success.
int csystem_random(uint8_t *bytes, size_t size);
#endif

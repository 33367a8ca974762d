#define _GNU_SOURCE
#include "CSystemDigest.h"

#include <unistd.h>

#if defined(__APPLE__)
#include <CommonCrypto/CommonDigest.h>
#include <CommonCrypto/CommonHMAC.h>
#include <sys/random.h>

const char *csystem_digest_load(void) { return NULL; }

int csystem_sha256(const uint8_t *data, size_t size, uint8_t *digest) {
    if (size > UINT32_MAX) return -1;
    CC_SHA256(data, (CC_LONG)size, digest);
    return 0;
}

int csystem_hmac_sha256(
    const uint8_t *key, size_t key_size, const uint8_t *data, size_t size, uint8_t *digest) {
    CCHmac(kCCHmacAlgSHA256, key, key_size, data, size, digest);
    return 0;
}
#else
#include <dlfcn.h>
#include <pthread.h>
#include <sys/random.h>

// As in <openssl/evp.h> and <openssl/hmac.h>, alike in 1.1 and 3.
static const void *(*evp_sha256)(void);
static int (*evp_digest)(
    const void *, size_t, unsigned char *, unsigned int *, const void *, void *);
static unsigned char *(*hmac)(
    const void *, const void *, int, const unsigned char *, size_t, unsigned char *,
    unsigned int *);
static const char *load_error;

static void load(void) {
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        load_error = "libcrypto is not installed (Debian: apt-get install libssl3)";
        return;
    }
    *(void **)&evp_sha256 = dlsym(library, "EVP_sha256");
    *(void **)&evp_digest = dlsym(library, "EVP_Digest");
    *(void **)&hmac = dlsym(library, "HMAC");
    if (!evp_sha256 || !evp_digest || !hmac) load_error = "libcrypto is not OpenSSL's";
}

const char *csystem_digest_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return load_error;
}

int csystem_sha256(const uint8_t *data, size_t size, uint8_t *digest) {
    if (csystem_digest_load()) return -1;
    return evp_digest(data, size, digest, NULL, evp_sha256(), NULL) == 1 ? 0 : -1;
}

int csystem_hmac_sha256(
    const uint8_t *key, size_t key_size, const uint8_t *data, size_t size, uint8_t *digest) {
    if (csystem_digest_load()) return -1;
    return hmac(evp_sha256(), key, (int)key_size, data, size, digest, NULL) ? 0 : -1;
}
#endif

// getentropy(3) gives at most 256 bytes a call.
int csystem_random(uint8_t *bytes, size_t size) {
    return size <= 256 ? getentropy(bytes, size) : -1;
}

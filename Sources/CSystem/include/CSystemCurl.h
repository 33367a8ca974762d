// libcurl, loaded at first use (decision 3): its variadic calls behind typed
// ones. Call csystem_curl_load first; the others may only be called after it
// answered NULL. Handles are opaque.
#ifndef CSYSTEM_CURL_H
#define CSYSTEM_CURL_H
#include <stddef.h>
#include <stdint.h>

// NULL when libcurl is there, else why not.
const char *csystem_curl_load(void);

typedef size_t (*csystem_curl_data)(char *bytes, size_t size, size_t count, void *context);

// What a transfer is asked for; strings are copied before the call returns.
struct csystem_curl_request {
    uint64_t id;
    const char *url;
    const char *user_agent;
    // Header lines, NULL-terminated.
    const char *const *headers;
    // Sent as `Authorization: Bearer`; NULL for none. Need not end in NUL.
    const char *bearer;
    size_t bearer_size;
    // NULL for GET. Need not end in NUL.
    const char *body;
    size_t body_size;
    long connect_timeout_ms;
    long total_timeout_ms;
    // Loopback hosts are never reached through a proxy.
    int without_proxy;
    csystem_curl_data on_body;
    csystem_curl_data on_header;
    void *context;
};

// A finished transfer.
struct csystem_curl_result {
    uint64_t id;
    // A CURLcode; 0 is done.
    int code;
    long status;
    // Bytes of the request that were sent.
    long request_size;
};

// NULL when there is no memory or no file descriptor for one.
void *csystem_curl_multi(void);
void csystem_curl_multi_free(void *multi);
// Starts a transfer; NULL when it could not be.
void *csystem_curl_start(void *multi, const struct csystem_curl_request *request);
// Removes and frees a transfer, finished or not.
void csystem_curl_finish(void *multi, void *transfer);
// Bytes of the request sent so far.
long csystem_curl_request_size(void *transfer);
// 0, or a CURLMcode after which the handle is good for nothing but being freed.
int csystem_curl_perform(void *multi);
// Waits for activity or a wake-up; answers like csystem_curl_perform.
int csystem_curl_wait(void *multi, int timeout_ms);
// The only call another thread may make.
void csystem_curl_wake(void *multi);
// 1 and the next finished transfer, or 0.
int csystem_curl_next(void *multi, struct csystem_curl_result *result);
#endif

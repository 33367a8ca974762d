/* Tells ThreadSanitizer of Synchronization.Mutex. On Linux its fast path is
   compiled into the caller and seen; its slow path, taken when two threads
   want the lock at once, is a futex call inside libswiftSynchronization, which
   is not instrumented: what the lock protects is then reported as raced for.
   Linked to every program by scripts/sanitize, these stand before the library's
   two slow functions and say what they do. Nothing is suppressed: whatever is reported
   with this in place is a race. Built for Swift 6.3's Mutex; a changed symbol
   shows as the old reports coming back. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

typedef SWIFT void (*lock_function)(uint32_t thread, SELF);
typedef SWIFT void (*unlock_function)(SELF);

SWIFT void lock_slowly(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void unlock_slowly(SELF) __asm__(UNLOCK);

SWIFT void lock_slowly(uint32_t thread, SELF) {
    lock_function real = (lock_function)dlsym(RTLD_NEXT, LOCK);
    real(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT void unlock_slowly(SELF) {
    unlock_function real = (unlock_function)dlsym(RTLD_NEXT, UNLOCK);
    if (__tsan_release) __tsan_release(self);
    real(self);
}

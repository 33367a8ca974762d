/* What LeakSanitizer takes for a leak and is none, linked to every program by
   scripts/sanitize: the programs that tests start have no environment to read
   it from. It looks for pointers as they are; Swift keeps them with tag bits in
   the payload of an indirect enum (Tree, the Event of Yams, the InputKey of
   ArgumentParser) and shifted in the reference count of what is weakly held
   (formWeakReference), so what only such a pointer leads to seems lost. All
   other leaks fail the run. Seen with Swift 6.3 on x86_64. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void) {
    return "leak:7OpenAPI4TreeO\n"
           "leak:4Yams5Event\n"
           "leak:14ArgumentParser\n"
           "leak:formWeakReference\n";
}

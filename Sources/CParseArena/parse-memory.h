#ifndef PARSE_MEMORY_H
#define PARSE_MEMORY_H

#include "CParseArena.h"

// Stands before each block, in an arena or not, so that what is taken is counted in the same way wherever it lies. 8 bytes are
// all the alignment that a parser's structures ask for.
typedef struct {
  uint32_t class;
  // In the list of the thread's blocks, if it is there.
  uint32_t place;
} header;

static inline header *header_of(void *block) { return (header *)block - 1; }

// Of the calling thread, in bytes: what was taken less what was freed, and where it has to be looked at again.
#define OF_THREAD _Thread_local __attribute__((tls_model("initial-exec")))
extern OF_THREAD int64_t parse_taken;
extern OF_THREAD int64_t parse_next_look;

// Does not return if the limit is passed.
void parse_look(void);

// To be called before the memory is taken, when all is still as it was.
static inline void count_taken(int64_t bytes) {
  parse_taken += bytes;
  if (__builtin_expect(parse_taken > parse_next_look, 0)) parse_look();
}

static inline void count_freed(int64_t bytes) { parse_taken -= bytes; }

// Does not return within a bounded parse: that is ended, as if it had passed its limit.
void parse_cannot_go_on(void);

// What a bounded parse takes from the C library is listed, so that it can be freed without the parser.
bool is_listed(const header *head);
void list_taken(header *head);
void list_moved(header *head);
void list_freed(header *head);

#endif

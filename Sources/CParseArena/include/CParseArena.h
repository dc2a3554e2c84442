#ifndef C_PARSE_ARENA_H
#define C_PARSE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tree_sitter/api.h>

// Memory for what one parse allocates, dropped all at once. A parser's own functions for memory, below, take from the arena
// that their thread is in, and from the C library where it is in none, or where the arena is full.
typedef struct parse_arena parse_arena;

// An arena of so many bytes; they are addresses, and become memory as they are used. Null if there are none to be had.
parse_arena *parse_arena_new(size_t size);
void parse_arena_delete(parse_arena *arena);

// The calling thread is in `arena` from here on; in none, if that is null.
void parse_arena_enter(parse_arena *arena);

// False if something was taken from the C library in its place, which has to be freed.
bool parse_arena_holds_all(const parse_arena *arena);

// Drops all that was taken from it.
void parse_arena_empty(parse_arena *arena);

// A thread frees what was taken from an arena while it is in that arena. What these free, these have given out.
void *parse_arena_malloc(size_t size);
void *parse_arena_calloc(size_t count, size_t size);
void *parse_arena_realloc(void *block, size_t size);
void parse_arena_free(void *block);

typedef struct {
  // Null where the parse was ended at once, or has no tree for another reason.
  TSTree *tree;
  // At least as much as it had at any time, in bytes, and no more than 64 kB too much; the same for the same text.
  int64_t memory;
  // It was ended at once, for its memory or because `input` said so.
  bool was_ended;
} bounded_parse;

// Parses, with a parser of its own, `input` and, if it is not null, `old`. Ends at once, wherever it is, when it would have
// more than `limit` bytes at a time, or when `goes_on`, asked with `input.payload` each time that 64 kB more are taken, says no;
// then what it has taken is freed, but for what the grammar's scanner has, and `old` must
// never be used or freed again.
bounded_parse parse_bounded(const TSLanguage *language, const TSTree *old, TSInput input, int64_t limit,
                            bool (*goes_on)(void *payload));

#endif

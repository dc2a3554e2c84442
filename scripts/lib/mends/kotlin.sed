# Strings within strings, 1,025 deep, and ends of strings that never began ended the process.
s/if (stack->size >= TREE_SITTER_SERIALIZATION_BUFFER_SIZE) abort();/if (stack->size >= TREE_SITTER_SERIALIZATION_BUFFER_SIZE) return;/
s/if (stack->size == 0) abort();/if (stack->size == 0) return 0;/

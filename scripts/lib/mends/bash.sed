# Seven bytes go before a heredoc's delimiter: with one that just fitted, memory behind the buffer was written to.
s/if (heredoc->delimiter.size + 3 + size >= /if (heredoc->delimiter.size + 7 + size >= /

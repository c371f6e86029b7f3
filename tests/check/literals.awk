# Prints each statement of C that holds a string literal as "file<TAB>line<TAB>statement": comments dropped,
# line ends made blanks, neighbouring literals joined, so that text over several lines is read as one.
function flush_statement()
{
    gsub(/"[ \t]*"/, "", statement)
    if (statement ~ /"/)
        print file "\t" first "\t" statement
    statement = ""
    first = 0
}
FNR == 1 {
    if (NR > 1)
        flush_statement()
    file = FILENAME
    in_comment = 0
}
{
    line = $0
    rest = ""
    # character by character, because quotes may hold comment marks and semicolons
    in_string = 0
    n = length(line)
    for (i = 1; i <= n; i++) {
        c = substr(line, i, 1)
        two = substr(line, i, 2)
        if (in_comment) {
            if (two == "*/") {
                in_comment = 0
                i++
            }
            continue
        }
        if (in_string) {
            rest = rest (c == "\t" ? " " : c)
            if (c == "\\") {
                rest = rest substr(line, ++i, 1)
            } else if (c == "\"")
                in_string = 0
            continue
        }
        if (two == "/*") {
            in_comment = 1
            i++
        } else if (c == "'" ) {
            # a character constant: skipped, it may be '"' or ';'
            for (i++; i <= n && substr(line, i, 1) != "'"; i++)
                if (substr(line, i, 1) == "\\")
                    i++
        } else if (c == ";") {
            statement = statement " " rest
            rest = ""
            flush_statement()
        } else {
            if (first == 0 && c !~ /[ \t}]/)
                first = FNR
            if (c == "\"")
                in_string = 1
            rest = rest (c == "\t" ? " " : c)
        }
    }
    statement = statement " " rest
}
END { flush_statement() }

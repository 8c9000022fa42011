# Turns files into C arrays: cmake -DFILES=a.xsl;b.xsl -DOUTPUT=x.inc -P
# embed.cmake writes one array per file, named like it, with a 0 at its end:
# align_html_xsl.
set(text)
foreach(file IN LISTS FILES)
    cmake_path(GET file FILENAME name)
    string(MAKE_C_IDENTIFIER ${name} name)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(............................................................)"
        "\\1\n" bytes "${bytes}")
    string(APPEND text
        "static const unsigned char ${name}[] = {\n${bytes}0\n};\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")

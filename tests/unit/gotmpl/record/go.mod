module rhumb/tests/unit/gotmpl/record

go 1.26

#include "gotmpl/lexer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {
namespace {

constexpr std::string_view names[] = {
    "error", "bool",     "char", "charconst", "complex", "assign", "declare", "eof",    "field", "ident",    "left",
    "(",     "number",   "pipe", "raw",       "right",   ")",      "space",   "string", "text",  "variable", "block",
    "break", "continue", "dot",  "define",    "else",    "end",    "if",      "nil",    "range", "template", "with",
};

/// Tokens as NAME@POSITION:LINE, with the text where the name does not give it away.
std::string lex(std::string_view text, Lexer::Options options = {}) {
  Lexer lexer(text, options);
  std::string out;
  for (;;) {
    const Token token = lexer.next_token();
    if (!out.empty()) out += ' ';
    out += fmt::format("{}@{}:{}", names[static_cast<std::size_t>(token.type)], token.position,
                       line_of(text, token.position));
    const bool telling = token.type < TokenType::block && token.type != TokenType::left_paren &&
                         token.type != TokenType::right_paren && token.type != TokenType::eof;
    if (telling) out += quote(token.text);
    if (token.type == TokenType::eof || token.type == TokenType::error) return out;
  }
}

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view tokens;
};

constexpr Case cases[] = {
    {"nothing", "", "eof@0:1"},
    {"text", "a\nb", R"(text@0:1"a\nb" eof@3:2)"},
    {"action", "a{{.b}}c", R"(text@0:1"a" left@1:1"{{" field@3:1".b" right@5:1"}}" text@7:1"c" eof@8:1)"},
    {"spaces", "{{ \t.\r\n}}", R"(left@0:1"{{" space@2:1" \t" dot@4:1 space@5:1"\r\n" right@7:2"}}" eof@9:2)"},
    {"trimmed text is no token", " {{- 1 -}} ", R"(left@1:1"{{" number@5:1"1" right@8:1"}}" eof@11:1)"},
    {"lines of trimmed text count", "a\n\n{{- 1 -}}\n\nb",
     R"(text@0:1"a" left@3:3"{{" number@7:3"1" right@10:3"}}" text@14:5"b" eof@15:5)"},
    {"a marker needs its blank", "{{-1-}}", R"(left@0:1"{{" error@2:1"bad number syntax: \"-1-\"")"},
    {"comment", "a{{/* {{ \n */}}b", R"(text@0:1"a" text@15:2"b" eof@16:2)"},
    {"trimming comment", "a {{- /* c */ -}} b", R"(text@0:1"a" text@18:1"b" eof@19:1)"},
    {"comments in a row", "{{/*a*/}}{{/*b*/}}", "eof@18:1"},
    {"unclosed comment", "a\n{{/* b", R"(text@0:1"a\n" error@4:2"unclosed comment")"},
    {"comment with more", "{{/* a */ 1}}", R"(error@2:1"comment ends before closing delimiter")"},
    {"keywords", "{{if else end nil true}}",
     R"(left@0:1"{{" if@2:1 space@4:1" " else@5:1 space@9:1" " end@10:1 space@13:1" " nil@14:1 space@17:1" " )"
     R"(bool@18:1"true" right@22:1"}}" eof@24:1)"},
    {"keywords as fields", "{{.if $end}}",
     R"(left@0:1"{{" field@2:1".if" space@5:1" " variable@6:1"$end" right@10:1"}}" eof@12:1)"},
    {"chain", "{{$a.b(.c)}}",
     R"(left@0:1"{{" variable@2:1"$a" field@4:1".b" (@6:1 field@7:1".c" )@9:1 right@10:1"}}" eof@12:1)"},
    {"declaration", "{{$i,$x:=1}}",
     R"(left@0:1"{{" variable@2:1"$i" char@4:1"," variable@5:1"$x" declare@7:1":=" number@9:1"1" right@10:1"}}" )"
     R"(eof@12:1)"},
    {"numbers", "{{1 .5 -0x1F 1+2i 'a'}}",
     R"(left@0:1"{{" number@2:1"1" space@3:1" " number@4:1".5" space@6:1" " number@7:1"-0x1F" space@12:1" " )"
     R"(complex@13:1"1+2i" space@17:1" " charconst@18:1"'a'" right@21:1"}}" eof@23:1)"},
    {"strings", "{{\"a\\\"b\" `c\nd`}}",
     R"(left@0:1"{{" string@2:1"\"a\\\"b\"" space@8:1" " raw@9:1"`c\nd`" right@14:2"}}" eof@16:2)"},
    {"letters of any script", "{{é.日}}", R"(left@0:1"{{" ident@2:1"é" field@4:1".日" right@8:1"}}" eof@10:1)"},
    {"bad letter", "{{.a-b}}", R"(left@0:1"{{" error@2:1"bad character U+002D '-'")"},
    {"invalid byte", "{{\xff}}", R"(left@0:1"{{" error@2:1"unrecognized character in action: U+FFFD '�'")"},
    {"control character", "{{\x01}}", R"(left@0:1"{{" error@2:1"unrecognized character in action: U+0001")"},
    {"unclosed action", "{{.a\n", R"(left@0:1"{{" field@2:1".a" space@4:1"\n" error@5:2"unclosed action")"},
    {"unclosed paren", "{{(1}}", R"(left@0:1"{{" (@2:1 number@3:1"1" error@4:1"unclosed left paren")"},
    {"paren too many", "{{1)}}", R"(left@0:1"{{" number@2:1"1" error@3:1"unexpected right paren")"},
    {"blank before a trimming delimiter", "{{1  -}} x",
     R"(left@0:1"{{" number@2:1"1" space@3:1" " right@6:1"}}" text@9:1"x" eof@10:1)"},
};

TEST(Lexer, Tokens) {
  for (const Case& row : cases) EXPECT_EQ(lex(row.text), row.tokens) << row.name;
}

TEST(Lexer, BreakAndContinueGiveWayToFunctions) {
  const Lexer::Options options{.break_is_keyword = false, .continue_is_keyword = true};
  EXPECT_EQ(lex("{{break}}{{continue}}", options),
            R"(left@0:1"{{" ident@2:1"break" right@7:1"}}" left@9:1"{{" continue@11:1 right@19:1"}}" eof@21:1)");
}

TEST(Lexer, ManyCommentsNeedNoStack) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "{{/**/}}";
  EXPECT_EQ(lex(text), "eof@1600000:1");
}

}  // namespace
}  // namespace rhumb::gotmpl

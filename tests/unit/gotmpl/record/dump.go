package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/template/parse"
)

// dump writes a tree as src/gotmpl/dump.cpp does.
func dump(n parse.Node) string {
	switch n := n.(type) {
	case *parse.TextNode:
		return "(text " + strconv.Quote(string(n.Text)) + ")"
	case *parse.ActionNode:
		return "(action " + dump(n.Pipe) + ")"
	case *parse.BoolNode, *parse.NilNode:
		return n.String()
	case *parse.ChainNode:
		return "(chain " + dump(n.Node) + names(n.Field) + ")"
	case *parse.CommandNode:
		return command(n)
	case *parse.DotNode:
		return "dot"
	case *parse.FieldNode:
		return "(field" + names(n.Ident) + ")"
	case *parse.IdentifierNode:
		return "(call " + n.Ident + ")"
	case *parse.IfNode:
		return branch("if", &n.BranchNode)
	case *parse.RangeNode:
		return branch("range", &n.BranchNode)
	case *parse.WithNode:
		return branch("with", &n.BranchNode)
	case *parse.ListNode:
		return "(list" + children(n.Nodes) + ")"
	case *parse.NumberNode:
		return number(n)
	case *parse.PipeNode:
		return pipe(n)
	case *parse.StringNode:
		return strconv.Quote(n.Text)
	case *parse.TemplateNode:
		if n.Pipe == nil {
			return "(template " + strconv.Quote(n.Name) + ")"
		}
		return "(template " + strconv.Quote(n.Name) + " " + dump(n.Pipe) + ")"
	case *parse.VariableNode:
		return "(variable" + names(n.Ident) + ")"
	case *parse.BreakNode:
		return "(break)"
	case *parse.ContinueNode:
		return "(continue)"
	}
	return "?"
}

func names(list []string) string {
	var b strings.Builder
	for _, name := range list {
		b.WriteString(" " + name)
	}
	return b.String()
}

func children(list []parse.Node) string {
	var b strings.Builder
	for _, n := range list {
		b.WriteString(" " + dump(n))
	}
	return b.String()
}

func command(n *parse.CommandNode) string {
	if ident, ok := n.Args[0].(*parse.IdentifierNode); ok {
		return "(call " + ident.Ident + children(n.Args[1:]) + ")"
	}
	if len(n.Args) == 1 {
		return dump(n.Args[0])
	}
	return "(apply" + children(n.Args) + ")"
}

func pipe(n *parse.PipeNode) string {
	out := "(pipe"
	if len(n.Decl) > 0 {
		out += " (declare"
		if n.IsAssign {
			out = "(pipe (assign"
		}
		for _, v := range n.Decl {
			out += names(v.Ident)
		}
		out += ")"
	}
	for _, c := range n.Cmds {
		out += " " + dump(c)
	}
	return out + ")"
}

func branch(word string, n *parse.BranchNode) string {
	out := "(" + word + " " + dump(n.Pipe) + " " + dump(n.List)
	if n.ElseList != nil {
		out += " " + dump(n.ElseList)
	}
	return out + ")"
}

func number(n *parse.NumberNode) string {
	out := "(number " + n.Text
	g := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	if n.IsInt {
		out += fmt.Sprintf(" int=%d", n.Int64)
	}
	if n.IsUint && !n.IsInt {
		out += fmt.Sprintf(" uint=%d", n.Uint64)
	}
	if n.IsFloat && !n.IsInt && !n.IsUint {
		out += " float=" + g(n.Float64)
	}
	if n.IsComplex {
		out += " complex=" + g(real(n.Complex128)) + "," + g(imag(n.Complex128))
	}
	return out + ")"
}

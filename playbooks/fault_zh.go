package playbooks

import "fmt"

// In is the message in a language: Chinese where there is one, else English.
func (f Fault) In(lang string) string {
	if baseLang(lang) == "zh" && f.Zh != "" {
		return f.Zh
	}
	return f.Message
}

// chineseFault is the message of a fault in Chinese, by its English pattern; ""
// where it has none.
func chineseFault(format string, args []any) string {
	pattern, ok := faultsInChinese()[format]
	if !ok {
		if pattern, ok = lintInChinese()[format]; !ok {
			return ""
		}
	}
	own := make([]any, len(args))
	for i, arg := range args {
		own[i] = arg
		switch arg := arg.(type) {
		case interface{ chinese() string }:
			own[i] = arg.chinese()
		case string:
			if words, ok := faultsInChinese()[arg]; ok {
				own[i] = words
			} else if words, ok := lintInChinese()[arg]; ok {
				own[i] = words
			}
		}
	}
	return oneLine(fmt.Sprintf(pattern, own...))
}

// faultsInChinese has every fault that keeps a file out of use, and the rules named in them.
func faultsInChinese() map[string]string {
	return map[string]string{
		"the file is larger than 1 MiB; split it or move material elsewhere":                                 "文件超过 1 MiB；请拆开，或把资料移到别处",
		"this is not UTF-8; save the file in the encoding UTF-8":                                             "这里不是 UTF-8 编码；请用 UTF-8 编码另存",
		"an invisible control character; remove it":                                                          "这里有一个看不见的控制字符；请删掉",
		"the front matter is missing; begin the file with a line --- and the fields id, lang, title …":       "缺少文件头；第一行请写 ---，接着写 id、lang、title 等字段",
		"the front matter is not closed; put a line --- before the first heading":                            "文件头没有结束；请在第一个标题之前加一行 ---",
		"the front matter is not closed; put a line --- after its last field":                                "文件头没有结束；请在最后一个字段之后加一行 ---",
		"the file is in UTF-16 (“Unicode” in some programs); save it in the encoding UTF-8":                  "文件是 UTF-16 编码（有的程序叫“Unicode”）；请用 UTF-8 编码另存",
		"this is no text but the file of another program; save its text as plain text in the encoding UTF-8": "这不是文本，而是别的程序的文件；请把文字另存为 UTF-8 编码的纯文本",
		"the first line must be three hyphens ---, not %q, which an editor or input method made of them":     "第一行必须是三个英文连字符 ---，而不是 %q（编辑器或输入法改成了这样）",
		"the front matter must begin in the first line; remove what stands before ---":                       "文件头必须从第一行开始；请删掉 --- 之前的内容",
		"a tab; indent with spaces":                                                        "这里用了制表符；缩进请用空格",
		"a full-width colon ：; write %s: and a space before the value":                     "这里是全角冒号“：”；请写成 %s: 再加一个空格和内容",
		"the space after the colon is missing; write %s: and a space before the value":     "冒号后面少了空格；请写成 %s: 再加一个空格和内容",
		"this comment has no end; write --> behind it, or all that follows is passed over": "这段注释没有结束；请在后面写 -->，否则下面的内容都会被略过",
		"text behind a comment is passed over; put it on a line of its own":                "注释后面的文字会被略过；请另起一行",
		"a full-width ＃; begin a heading with the ordinary ##":                             "这里是全角“＃”；标题请用半角的 ##",
		"%q is no hyphen; begin an entry with an ordinary - and a space":                   "%q 不是连字符；每一条请以半角的 - 加一个空格开头",
		"a comment within an entry would be said; put it on a line of its own":             "条目里的注释会被当成话说出来；请另起一行",
		"id is %q but the file is called %q; make them the same":                           "id 是 %q，文件名却是 %q；请改成一致",
		"lang is %q but the file lies in the folder %q; make them the same":                "lang 是 %q，文件却放在文件夹 %q 里；请改成一致",

		"the front matter is not YAML (%s); put values with a colon or # in quotation marks": "文件头不是合法的 YAML（%s）；含冒号或 # 的值请加引号",
		"the front matter is empty; fill in id, lang, title …":                               "文件头是空的；请填写 id、lang、title 等字段",
		"the front matter must be lines of the form field: value":                            "文件头的每一行都要写成“字段: 值”",
		"the field %q stands here a second time; keep one":                                   "字段 %q 写了两次；请只留一个",
		"unknown field %q; %s":                                                                          "没有 %q 这个字段；%s",
		"the title has %d characters; at most %d fit":                                                   "标题有 %d 个字；最多 %d 个",
		"an id is lower-case letters, digits and hyphens, such as late-delivery":                        "id 只能用小写字母、数字和连字符，例如 late-delivery",
		"lang is a language code such as en or zh":                                                      "lang 要写语言代码，例如 en 或 zh",
		"one line of text belongs here; put it in quotation marks if it begins with [, {, & or *":       "这里要写一行文字；以 [、{、& 或 * 开头时请加引号",
		"%q does not fit: %s":                                                                           "%q 不合规则：%s",
		"%s cannot be %q; it is one of %s":                                                              "%s 不能是 %q；只能是这些之一：%s",
		"precedence is a number from 0 to %d: 3 danger, 2 legal and media, 1 manager and abuse, else 0": "precedence 是 0 到 %d 的数字：3 危险，2 法律与媒体，1 找经理或辱骂，其余为 0",
		"review is a date such as 2027-11-01":                                                           "review 要写日期，例如 2027-11-01",
		"a list belongs here, one item a line: - words":                                                 "这里要写列表，每行一项：- 内容",
		"an empty item; remove it":                                                                      "空的一项；请删掉",
		"the field %q is missing in the front matter":                                                   "文件头里缺少字段 %q",
		"the field %q is empty":                                                                         "字段 %q 是空的",
		"the field %q means nothing in a file of kind %s; remove it":                                    "字段 %q 在 %s 类文件里没有用处；请删掉",

		"an indented line; an entry is one line that begins with - at the left margin": "这一行缩进了；每一条都是顶格以 - 开头的一行",
		"unknown heading %q; %s": "没有 %q 这个标题；%s",
		"the heading %q stands in line %d already; keep one and join the entries":                               "标题 %q 在第 %d 行已经有了；请只留一个，把条目合在一起",
		"a heading of level %d; use ## for a step and ### for a variant (the title stands in the front matter)": "这是 %d 级标题；步骤用 ##，变体用 ###（标题写在文件头里）",
		"a variant heading belongs below a step such as ## offer":                                               "变体标题要放在某个步骤下面，例如 ## offer",
		"unknown variant %q; %s":     "没有 %q 这种变体；%s",
		"the variant names %q twice": "变体里 %q 写了两次",
		"%q is too short to tell one case from another; write a longer word":       "%q 太短，区分不出情形；请写长一点的词",
		"the quotation marks of %s do not match; write \"word\", \"another word\"": "%s 的引号不成对；请写成 \"词\"、\"另一个词\"",
		"an empty variant heading; name whom its phrases are for: %s":              "变体标题是空的；请写明这些话说给谁听：%s",
		"%q and %q never hold together; give each a ### heading of its own":        "%q 和 %q 不会同时成立；请各写一个 ### 标题",
		"text before the first heading; put it below one such as ## listen":        "第一个标题之前有文字；请放到某个标题下面，例如 ## listen",
		"an empty entry; write one line after the - or remove it":                  "空的一条；请在 - 后面写一行，或者删掉",
		"this is no list item; begin an entry with - and keep it on one line":      "这不是列表条目；请以 - 开头，一条写成一行",
		"the arrow is missing; write - %s":                                         "缺少箭头；请写成 - %s",
		"one side of the arrow is empty; write - %s":                               "箭头有一边是空的；请写成 - %s",
		"WHEN -> WHOM":              "什么情况 -> 交给谁",
		"dont-know -> better words": "dont-know -> 更好的说法",
		"before the arrow stands the id of a forbidden phrase or a wording in quotation marks, not %s": "箭头前面应是禁语的 id，或加引号的原话，而不是 %s",
		"the title stands in the front matter; use ## for sections":                                    "标题写在文件头里；各节请用 ##",
		"the guide is empty; add sections with ## headings and text":                                   "指南是空的；请用 ## 标题加上各节内容",
		"cannot be read (%v); check that it exists and the bot may read it":                            "无法读取（%v）；请确认文件存在，并且程序有读取权限",
	}
}

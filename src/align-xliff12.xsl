<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes XLIFF 1.2 of an alignment: a file for each version but the first, in it
     a unit for each bead that has a text in one of the two, where it stands as
     context, the differences as notes and, in the texts, as ITS 2.0 localization
     quality issues. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="urn:oasis:names:tc:xliff:document:1.2"
    xmlns:its="http://www.w3.org/2005/11/its"
    xmlns:a="urn:x-clausier:alignment:1" exclude-result-prefixes="a">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:key name="difference" match="a:difference" use="@id"/>

  <xsl:template match="/a:alignment">
    <xsl:text>&#10;</xsl:text>
    <xliff version="1.2" its:version="2.0">
      <xsl:apply-templates select="a:version[@n > 1]"/>
      <xsl:text>&#10;</xsl:text>
    </xliff>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="a:version">
    <xsl:variable name="source" select="../a:version[1]"/>
    <xsl:variable name="generator" select="../@generator"/>
    <xsl:text>&#10;  </xsl:text>
    <file original="{$source/@file}" source-language="{$source/@xml:lang}"
        target-language="{@xml:lang}" datatype="plaintext" tool-id="clausier">
      <xsl:text>&#10;    </xsl:text>
      <header>
        <tool tool-id="clausier"
            tool-name="{substring-before($generator, ' ')}"
            tool-version="{substring-after($generator, ' ')}"/>
        <note from="clausier" annotates="target">
          <xsl:value-of select="@file"/>
        </note>
      </header>
      <xsl:text>&#10;    </xsl:text>
      <body>
        <xsl:apply-templates
            select="../a:bead[a:unit[@version = 1 or @version = current()/@n]]">
          <xsl:with-param name="n" select="@n"/>
        </xsl:apply-templates>
        <xsl:text>&#10;    </xsl:text>
      </body>
      <xsl:text>&#10;  </xsl:text>
    </file>
  </xsl:template>

  <xsl:template match="a:bead">
    <xsl:param name="n"/>
    <xsl:variable name="source" select="a:unit[@version = 1]"/>
    <xsl:variable name="target" select="a:unit[@version = $n]"/>
    <!-- What two other versions disagree on is of no interest here. -->
    <xsl:variable name="differences"
        select="key('difference', a:note/@difference)[
            (@code = 'missing') != boolean(a:place[@version = $n]) or
            @code != 'missing' and not(a:place[@version > 1])]"/>
    <!-- Of what is marked in no text, the whole text is marked. -->
    <xsl:variable name="whole"
        select="a:note[not(@marked)]/@difference"/>
    <xsl:text>&#10;      </xsl:text>
    <trans-unit id="{@n}">
      <!-- Written out, it would hold for this sheet. -->
      <xsl:attribute name="xml:space">preserve</xsl:attribute>
      <xsl:text>&#10;        </xsl:text>
      <source>
        <xsl:call-template name="wrapped">
          <xsl:with-param name="issues"
              select="$differences[not($target)][@id = $whole]"/>
          <xsl:with-param name="relevant" select="$differences"/>
          <xsl:with-param name="units" select="$source"/>
        </xsl:call-template>
      </source>
      <xsl:if test="$target">
        <xsl:text>&#10;        </xsl:text>
        <target state="translated">
          <xsl:if test="$differences[@level != 'info']">
            <xsl:attribute name="state">needs-review-translation</xsl:attribute>
          </xsl:if>
          <xsl:call-template name="wrapped">
            <xsl:with-param name="issues" select="$differences[@id = $whole]"/>
            <xsl:with-param name="relevant" select="$differences"/>
            <xsl:with-param name="units" select="$target"/>
          </xsl:call-template>
        </target>
      </xsl:if>
      <xsl:text>&#10;        </xsl:text>
      <context-group purpose="information">
        <xsl:for-each select="@clause | @part | @role | @kind | @order | @found | @score">
          <xsl:call-template name="context"/>
        </xsl:for-each>
        <xsl:for-each select="$source">
          <xsl:for-each select="@eId | @label | @lines">
            <xsl:call-template name="context">
              <xsl:with-param name="side" select="'source-'"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
        <xsl:for-each select="$target">
          <xsl:for-each select="@eId | @label | @lines">
            <xsl:call-template name="context">
              <xsl:with-param name="side" select="'target-'"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
        <xsl:text>&#10;        </xsl:text>
      </context-group>
      <xsl:apply-templates select="$differences" mode="note"/>
      <xsl:text>&#10;      </xsl:text>
    </trans-unit>
  </xsl:template>

  <xsl:template name="context">
    <xsl:param name="side"/>
    <xsl:if test="string(.)">
      <xsl:text>&#10;          </xsl:text>
      <context context-type="x-{$side}{name()}"><xsl:value-of select="."/></context>
    </xsl:if>
  </xsl:template>

  <xsl:template match="a:difference" mode="note">
    <xsl:text>&#10;        </xsl:text>
    <note from="clausier" annotates="general">
      <xsl:attribute name="priority">
        <xsl:choose>
          <xsl:when test="@level = 'error'">1</xsl:when>
          <xsl:when test="@level = 'warning'">4</xsl:when>
          <xsl:otherwise>8</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="concat(@level, ': ', a:reason, ' [', @id, ']')"/>
    </note>
  </xsl:template>

  <xsl:template match="a:difference" mode="issue">
    <xsl:attribute name="mtype">x-itslq</xsl:attribute>
    <xsl:attribute name="its:locQualityIssueType">
      <xsl:value-of select="@issue"/>
    </xsl:attribute>
    <xsl:attribute name="its:locQualityIssueComment">
      <xsl:value-of select="a:reason"/>
    </xsl:attribute>
    <xsl:attribute name="its:locQualityIssueSeverity">
      <xsl:choose>
        <xsl:when test="@level = 'error'">100</xsl:when>
        <xsl:when test="@level = 'warning'">50</xsl:when>
        <xsl:otherwise>10</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:template>

  <!-- One mark around another for each issue, then the texts. -->
  <xsl:template name="wrapped">
    <xsl:param name="issues"/>
    <xsl:param name="relevant"/>
    <xsl:param name="units"/>
    <xsl:choose>
      <xsl:when test="$issues">
        <mrk>
          <xsl:apply-templates select="$issues[1]" mode="issue"/>
          <xsl:call-template name="wrapped">
            <xsl:with-param name="issues" select="$issues[position() > 1]"/>
            <xsl:with-param name="relevant" select="$relevant"/>
            <xsl:with-param name="units" select="$units"/>
          </xsl:call-template>
        </mrk>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$units">
          <xsl:if test="position() > 1"><xsl:text>&#10;</xsl:text></xsl:if>
          <xsl:for-each select="node()">
            <xsl:call-template name="marked">
              <xsl:with-param name="ids" select="@difference"/>
              <xsl:with-param name="relevant" select="$relevant"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="marked">
    <xsl:param name="ids"/>
    <xsl:param name="relevant"/>
    <xsl:variable name="first" select="substring-before(concat($ids, ' '), ' ')"/>
    <xsl:choose>
      <xsl:when test="string($ids) and $relevant[@id = $first]">
        <mrk>
          <xsl:apply-templates select="key('difference', $first)" mode="issue"/>
          <xsl:call-template name="marked">
            <xsl:with-param name="ids" select="substring-after($ids, ' ')"/>
            <xsl:with-param name="relevant" select="$relevant"/>
          </xsl:call-template>
        </mrk>
      </xsl:when>
      <xsl:when test="string($ids)">
        <xsl:call-template name="marked">
          <xsl:with-param name="ids" select="substring-after($ids, ' ')"/>
          <xsl:with-param name="relevant" select="$relevant"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>

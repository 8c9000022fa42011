<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes XLIFF 2.1 of an alignment of two versions: a unit for each bead, where
     it stands as metadata, the differences as notes and, in the texts, as ITS 2.0
     localization quality issues. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="urn:oasis:names:tc:xliff:document:2.0"
    xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"
    xmlns:its="http://www.w3.org/2005/11/its"
    xmlns:a="urn:x-clausier:alignment:1" exclude-result-prefixes="a">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:key name="difference" match="a:difference" use="@id"/>

  <xsl:template name="meta">
    <xsl:param name="type" select="name()"/>
    <xsl:param name="value" select="."/>
    <xsl:if test="string($value)">
      <xsl:text>&#10;          </xsl:text>
      <mda:meta type="{$type}"><xsl:value-of select="$value"/></mda:meta>
    </xsl:if>
  </xsl:template>

  <xsl:template match="/a:alignment">
    <xsl:variable name="source" select="a:version[1]"/>
    <xsl:variable name="target" select="a:version[2]"/>
    <xsl:text>&#10;</xsl:text>
    <xliff version="2.1" its:version="2.0" srcLang="{$source/@xml:lang}"
        trgLang="{$target/@xml:lang}">
      <xsl:text>&#10;  </xsl:text>
      <file id="f1" original="{$source/@file}" srcDir="{$source/@dir}"
          trgDir="{$target/@dir}">
        <xsl:text>&#10;    </xsl:text>
        <mda:metadata>
          <xsl:text>&#10;      </xsl:text>
          <mda:metaGroup category="versions">
            <xsl:call-template name="meta">
              <xsl:with-param name="type" select="'generator'"/>
              <xsl:with-param name="value" select="@generator"/>
            </xsl:call-template>
            <xsl:for-each select="a:version">
              <xsl:call-template name="meta">
                <xsl:with-param name="type" select="concat('file-', @n)"/>
                <xsl:with-param name="value" select="@file"/>
              </xsl:call-template>
            </xsl:for-each>
            <xsl:text>&#10;      </xsl:text>
          </mda:metaGroup>
          <xsl:text>&#10;    </xsl:text>
        </mda:metadata>
        <xsl:apply-templates select="a:bead"/>
        <!-- A file without a unit is not allowed. -->
        <xsl:if test="not(a:bead)">
          <unit id="empty"><segment><source/></segment></unit>
        </xsl:if>
        <xsl:text>&#10;  </xsl:text>
      </file>
      <xsl:text>&#10;</xsl:text>
    </xliff>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="a:bead">
    <xsl:variable name="differences"
        select="key('difference', a:note/@difference)"/>
    <xsl:variable name="source" select="a:unit[@version = 1]"/>
    <xsl:variable name="target" select="a:unit[@version = 2]"/>
    <!-- Of what is marked in no text, the whole text is marked. -->
    <xsl:variable name="whole"
        select="key('difference', a:note[not(@marked)]/@difference)"/>
    <xsl:text>&#10;    </xsl:text>
    <unit id="b{@n}">
      <!-- Written out, it would hold for this sheet. -->
      <xsl:attribute name="xml:space">preserve</xsl:attribute>
      <xsl:if test="@clause">
        <xsl:attribute name="name"><xsl:value-of select="@clause"/></xsl:attribute>
      </xsl:if>
      <xsl:text>&#10;      </xsl:text>
      <mda:metadata>
        <xsl:text>&#10;        </xsl:text>
        <mda:metaGroup category="bead">
          <xsl:for-each select="@clause | @part | @role | @kind | @order | @found | @score">
            <xsl:call-template name="meta"/>
          </xsl:for-each>
          <xsl:text>&#10;        </xsl:text>
        </mda:metaGroup>
        <xsl:apply-templates select="a:unit" mode="meta"/>
        <xsl:text>&#10;      </xsl:text>
      </mda:metadata>
      <xsl:if test="$differences">
        <xsl:text>&#10;      </xsl:text>
        <notes>
          <xsl:apply-templates select="$differences" mode="note"/>
          <xsl:text>&#10;      </xsl:text>
        </notes>
      </xsl:if>
      <xsl:text>&#10;      </xsl:text>
      <segment>
        <xsl:if test="$target">
          <xsl:attribute name="state">translated</xsl:attribute>
        </xsl:if>
        <xsl:text>&#10;        </xsl:text>
        <source>
          <xsl:call-template name="wrapped">
            <xsl:with-param name="issues" select="$whole[not($target)]"/>
            <xsl:with-param name="units" select="$source"/>
            <xsl:with-param name="side" select="'s'"/>
          </xsl:call-template>
        </source>
        <xsl:if test="$target">
          <xsl:text>&#10;        </xsl:text>
          <target>
            <xsl:call-template name="wrapped">
              <xsl:with-param name="issues" select="$whole"/>
              <xsl:with-param name="units" select="$target"/>
              <xsl:with-param name="side" select="'t'"/>
            </xsl:call-template>
          </target>
        </xsl:if>
        <xsl:text>&#10;      </xsl:text>
      </segment>
      <xsl:text>&#10;    </xsl:text>
    </unit>
  </xsl:template>

  <xsl:template match="a:unit" mode="meta">
    <xsl:text>&#10;        </xsl:text>
    <mda:metaGroup category="unit-{@version}">
      <xsl:for-each select="@eId | @label | @lines">
        <xsl:call-template name="meta"/>
      </xsl:for-each>
      <!-- A group without a member is not allowed. -->
      <xsl:call-template name="meta">
        <xsl:with-param name="type" select="'version'"/>
        <xsl:with-param name="value" select="@version"/>
      </xsl:call-template>
      <xsl:text>&#10;        </xsl:text>
    </mda:metaGroup>
  </xsl:template>

  <xsl:template match="a:difference" mode="note">
    <xsl:text>&#10;        </xsl:text>
    <note id="{@id}" category="{@level}">
      <xsl:attribute name="priority">
        <xsl:choose>
          <xsl:when test="@level = 'error'">1</xsl:when>
          <xsl:when test="@level = 'warning'">4</xsl:when>
          <xsl:otherwise>8</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:value-of select="a:reason"/>
    </note>
  </xsl:template>

  <xsl:template match="a:difference" mode="issue">
    <xsl:attribute name="type">its:generic</xsl:attribute>
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
    <xsl:param name="units"/>
    <xsl:param name="side"/>
    <xsl:choose>
      <xsl:when test="$issues">
        <mrk id="{$side}-{$issues[1]/@id}">
          <xsl:apply-templates select="$issues[1]" mode="issue"/>
          <xsl:call-template name="wrapped">
            <xsl:with-param name="issues" select="$issues[position() > 1]"/>
            <xsl:with-param name="units" select="$units"/>
            <xsl:with-param name="side" select="$side"/>
          </xsl:call-template>
        </mrk>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$units">
          <xsl:variable name="id" select="concat($side, position(), '-')"/>
          <xsl:if test="position() > 1"><xsl:text>&#10;</xsl:text></xsl:if>
          <xsl:for-each select="node()">
            <xsl:call-template name="marked">
              <xsl:with-param name="ids" select="@difference"/>
              <xsl:with-param name="mark" select="concat($id, position())"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="marked">
    <xsl:param name="ids"/>
    <xsl:param name="mark"/>
    <xsl:choose>
      <xsl:when test="string($ids)">
        <mrk id="{$mark}">
          <xsl:apply-templates mode="issue" select="key('difference',
              substring-before(concat($ids, ' '), ' '))"/>
          <xsl:call-template name="marked">
            <xsl:with-param name="ids" select="substring-after($ids, ' ')"/>
            <xsl:with-param name="mark" select="concat($mark, '-1')"/>
          </xsl:call-template>
        </mrk>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
